"""Words in many scripts, and random texts made of them, for tests of fit."""

from __future__ import annotations

import random
import re
from typing import NamedTuple


class Sample(NamedTuple):
    """Words of a script, what joins them, and marks that may follow one."""

    words: list[str]
    joiner: str = " "
    marks: tuple[str, ...] = (",", ".", ":", "")


SAMPLES = {
    "Japanese": Sample(
        """市場 供給 網 は が を に よって 計算 能力 データセンター クラウド 企業 ネットワーク
        「基盤」 （推論） 2026年 35％ GPU ハイパースケーラー チップ 電力 契約 リスク 戦略 ステージ
        しっかり ちょっと きゅう 依存 している 買収 NVIDIA社 ￥1,200億 第1四半期 “引用” 協力—競争
        …… 東京・大阪 サーバー コスト〜利益 １２３ 人々 投資家 がぎぐ""".split(),
        "",
        ("、", "。", "", "", "", "！", "？", "："),
    ),
    "Chinese": Sample(
        """市场 供应链 计算 能力 数据中心 云服务 企业 网络 “基础设施” （推理） 2026年 35% GPU
        超大规模 芯片 电力 合同 风险 战略 依赖 收购 NVIDIA公司 ￥1,200亿 第一季度 《报告》
        合作—竞争 …… 北京、上海 服务器 成本 利润 投资者 人工智能 的 在 是 由于""".split(),
        "",
        ("，", "。", "", "", "", "！", "？", "；"),
    ),
    "Korean": Sample(
        """시장 공급망은 컴퓨팅 능력을 데이터센터 클라우드 기업이 네트워크 인프라의 추론 2026년 35%
        GPU 하이퍼스케일러 칩 전력 계약을 위험 전략적 의존하고 인수합병 NVIDIA가 1,200억원 1분기
        “인용” (참고) 협력과 경쟁 서울·부산 서버 비용 이익 투자자에게 인공지능""".split()
    ),
    "Arabic": Sample(
        """السوق سلسلة التوريد القدرة الحاسوبية مراكز البيانات السحابة الشركات الشبكة البنية
        التحتية 2026 35% GPU الرقائق الطاقة العقود المخاطر الاستراتيجية تعتمد استحواذ NVIDIA
        مليار الربع الأول «اقتباس» (ملاحظة) التعاون والمنافسة الرياض ودبي الخوادم التكلفة
        الأرباح المستثمرون الذكاء الاصطناعي لا في من على إلى مُؤَسَّسَة ١٢٣""".split(),
        " ",
        ("،", ".", "؛", ""),
    ),
    "Hebrew": Sample(
        """השוק שרשרת האספקה יכולת המחשוב מרכזי הנתונים הענן החברות הרשת התשתית 2026 35% GPU
        השבבים החשמל החוזים הסיכונים האסטרטגיה תלויים רכישה NVIDIA מיליארד הרבעון הראשון
        “ציטוט” (הערה) שיתוף־פעולה ותחרות תל־אביב השרתים העלות הרווח המשקיעים בינה מלאכותית
        לא של על את שָׁלוֹם ארה״ב""".split()
    ),
    "Thai": Sample(
        """ตลาด ห่วงโซ่ อุปทาน ความสามารถ การคำนวณ ศูนย์ข้อมูล คลาวด์ บริษัท เครือข่าย โครงสร้างพื้นฐาน
        ปี 2026 ชิป พลังงาน สัญญา ความเสี่ยง กลยุทธ์ ขึ้นอยู่กับ การเข้าซื้อกิจการ ล้าน ไตรมาส
        ร่วมมือ และ แข่งขัน กรุงเทพ เซิร์ฟเวอร์ ต้นทุน กำไร นักลงทุน ปัญญาประดิษฐ์ ไม่ ของ ที่ เป็น
        ให้ ได้ ผู้""".split(),
        "",
        ("", "", "", " ", " "),
    ),
    "Devanagari": Sample(
        """बाज़ार आपूर्ति शृंखला गणना क्षमता डेटा केंद्र क्लाउड कंपनियाँ नेटवर्क बुनियादी ढाँचा 2026
        35% GPU चिप ऊर्जा अनुबंध जोखिम रणनीति निर्भर अधिग्रहण NVIDIA करोड़ तिमाही “उद्धरण” सहयोग
        और प्रतिस्पर्धा मुंबई सर्वर लागत लाभ निवेशक कृत्रिम बुद्धिमत्ता नहीं में के की""".split(),
        " ",
        (",", "।", "", ""),
    ),
    "emoji": Sample(
        """market 🚀 risk ⚡ power 👩‍🔬 team 🇩🇪 region 👍🏽 fine 1️⃣ first ❤️ core 🏭 plants ✅ done ⚠️
        caution 📈📉 quarter 👨‍👩‍👧‍👦 family 😀
        growth 🧠 models long-term 2026–2030 ☎ → ★""".split()
    ),
    "combining": Sample(
        [
            w.replace("´", "\u0301").replace("¨", "\u0308").replace("~", "\u0303")
            for w in """cafe´ nai¨ve Zu¨rich Sa~o o¨konomie e´lite Vie~t Na´m ga¨nzlich
         cu´pula co`ote
         market risk strategy infrastructure dependence e´nergie""".split()
        ]
    ),
    "German": Sample(
        """Rechtsschutzversicherungsgesellschaften und Donaudampfschifffahrtsgesellschaft der die
        Kraftfahrzeughaftpflichtversicherung Wettbewerbsfähigkeit Rechenzentrumskapazität von
        Halbleiterfertigungsanlagen in KI-Infrastrukturanbieter Abhängigkeit
        Lieferkettensorgfalts­pflichtengesetz Energie­versorgungs­unternehmen Straße
        größte für Beteiligungs­gesellschaft mit am Markt
        Hyperscaler-Abhängigkeit Investitionsvolumen-Obergrenze über""".split()
    ),
    "addresses": Sample(
        """see https://example.com/reports/2026/ai-infrastructure/board?quarter=3&tier=1#section-4
        https://www.sec.gov/Archives/edgar/data/1045810/000104581026000012/nvda-20260125.htm and
        www.example.org/a_very_long_path_without_hyphens/that/goes/on/and/on.html of market the
        https://example.com/averylongpathsegmentthatneverendsbecausesomebodyputtheentiretitleintoit
        report source doi.org/10.1016/j.respol.2025.104999 kW/h and/or mail@example-company.co.uk
        C:/data/files/2026.csv risk""".split()
    ),
    "spaces": Sample(
        re.split(
            "[ \n]+",
            """EUR\u00a01\u202f250 10\u00a0% no\u2011break re\u200bsource\u200bplanning\u200bsystem
        soft\u00adhyphen in\u00adter\u00adna\u00adtion\u00adal\u00adi\u00adsa\u00adtion
        word\u2060joiner thin\u2009space
        market risk strategy 2026\u20132030 —dash— a\u2014b em\u2003space""",
        )
    ),
}


def make_text(rng: random.Random, sample: Sample, count: int) -> str:
    """`count` random words, one in six followed by a mark."""
    words = [
        rng.choice(sample.words) + (rng.choice(sample.marks) if rng.random() < 0.17 else "")
        for _ in range(count)
    ]
    return sample.joiner.join(words)
