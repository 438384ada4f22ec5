"""Ships that arrive by hour of the day, one terminal above the line and one below it."""

from matplotlib.figure import Figure

HOURS = list(range(0, 25, 2))
WEST = [4, 3, 5, 11, 18, 16, 12, 10, 9, 12, 10, 6, 4]
QUAYSIDE = [3, 2, 3, 5, 8, 9, 10, 11, 13, 17, 15, 8, 3]


def figure(theme, size):
    drawn = Figure(figsize=size)
    axes = drawn.add_axes((0, 0.08, 1, 0.92))
    west, quayside = theme.colors["brand"], theme.colors["accent"]
    axes.fill_between(HOURS, WEST, color=west, linewidth=0)
    axes.fill_between(HOURS, [-ships for ships in QUAYSIDE], color=quayside, linewidth=0)
    axes.axhline(0, color=theme.colors["bg"], linewidth=2)
    axes.set(xlim=(0, 24), ylim=(-20, 22), yticks=[], xticks=range(3, 24, 3))
    axes.set_xticklabels([f"{hour}:00" for hour in range(3, 24, 3)])
    axes.tick_params(length=0)
    axes.spines[:].set_visible(False)
    axes.text(8.4, 18.5, "West quay: 18 an hour at 8:00", size=14, weight="bold", color=west)
    axes.text(
        17.6, -18.5, "Quayside terminal: 17 an hour at 18:00", size=14, weight="bold",
        color=quayside, ha="right",
    )  # fmt: skip
    return drawn
