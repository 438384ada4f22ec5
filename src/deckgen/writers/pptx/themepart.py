"""A Theme goes in, a theme part comes out (ECMA-376 part 1, 14.2.7 and 20.1.6.9)."""

from __future__ import annotations

from deckgen.scripts import SCRIPTS, Writing
from deckgen.theme import SLOTS, Theme
from deckgen.writers.pptx.escape import DECLARATION, DRAWING, escape_attribute

_PHCLR = '<a:schemeClr val="phClr"/>'
_FILL = f"<a:solidFill>{_PHCLR}</a:solidFill>"
_EFFECT = "<a:effectStyle><a:effectLst/></a:effectStyle>"
# Three of each are required (fmtScheme, 20.1.4.1.14); the house paints flat.
_FORMATS = (
    '<a:fmtScheme name="Flat"><a:fillStyleLst>'
    + _FILL * 3
    + "</a:fillStyleLst><a:lnStyleLst>"
    + "".join(
        f'<a:ln w="{width}" cap="flat" cmpd="sng" algn="ctr">{_FILL}<a:prstDash val="solid"/>'
        '<a:miter lim="800000"/></a:ln>'
        for width in (9525, 15_875, 28_575)
    )
    + "</a:lnStyleLst><a:effectStyleLst>"
    + _EFFECT * 3
    + "</a:effectStyleLst><a:bgFillStyleLst>"
    + _FILL * 3
    + "</a:bgFillStyleLst></a:fmtScheme>"
)


def color_fragments(theme: Theme) -> dict[str, str]:
    """How a fill names each token, for whoever names many."""
    return {token: color_xml(theme, token) for token in theme.colors}


def color_xml(theme: Theme, token: str) -> str:
    """A token's colour: by the theme's slot, or as a tint of one, else as RGB."""
    slot = theme.scheme_name(token)
    if slot is not None:
        return f'<a:schemeClr val="{slot}"/>'
    tint = theme.tints.get(token)
    of = theme.scheme_name(tint.token) if tint else None
    if tint is None or of is None:
        return f'<a:srgbClr val="{theme.color(token)}"/>'
    changes = {"satMod": tint.saturation, "lumMod": tint.luminance, "lumOff": tint.added}
    usual = {"satMod": 100, "lumMod": 100, "lumOff": 0}
    inner = "".join(
        f'<a:{name} val="{percent * 1000}"/>'
        for name, percent in changes.items()
        if percent != usual[name]
    )
    return f'<a:schemeClr val="{of}">{inner}</a:schemeClr>'


def theme_xml(theme: Theme, writing: Writing) -> str:
    """The theme part: slots, faces, flat formats, and the tokens without a slot as
    custom colours, so that PowerPoint offers them in its colour menus.
    """
    slots = "".join(
        f'<a:{slot}><a:srgbClr val="{theme.color(token)}"/></a:{slot}>'
        for slot, token in SLOTS.items()
    )
    custom = "".join(
        f'<a:custClr name="{escape_attribute(token)}"><a:srgbClr val="{color}"/></a:custClr>'
        for token, color in theme.colors.items()
        if theme.scheme_name(token) is None
    )
    name = escape_attribute(theme.name)
    extra = f"<a:custClrLst>{custom}</a:custClrLst>" if custom else ""
    return (
        f'{DECLARATION}<a:theme xmlns:a="{DRAWING}" name="{name}"><a:themeElements>'
        f'<a:clrScheme name="{name}">{slots}</a:clrScheme><a:fontScheme name="{name}">'
        f"{_font_xml('majorFont', theme.heading_font, writing)}"
        f"{_font_xml('minorFont', theme.body_font, writing)}"
        f"</a:fontScheme>{_FORMATS}</a:themeElements><a:objectDefaults/><a:extraClrSchemeLst/>"
        f"{extra}</a:theme>"
    )


def _font_xml(tag: str, face: str, writing: Writing) -> str:
    """The faces of headings or of other text (20.1.4.1.24): Latin, East Asian, complex, then
    one a script for text whose slot is empty, as Office's own themes list them.

    The slot of the deck's own script is filled, so that its runs need to name no face.
    """
    own = {writing.script.slot: writing.script.face} if writing.script else {}
    scripts = "".join(
        f'<a:font script="{script.code}" typeface="{script.face}"/>'
        for script in SCRIPTS.values()
        if script.slot != "all"
    )
    return (
        f'<a:{tag}><a:latin typeface="{escape_attribute(face)}"/>'
        f'<a:ea typeface="{own.get("ea", "")}"/><a:cs typeface="{own.get("cs", "")}"/>'
        f"{scripts}</a:{tag}>"
    )
