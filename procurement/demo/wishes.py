"""What this company buys, and why: purposes with the words people would search for."""

from __future__ import annotations

# purpose, department, [(marketplace, words, rough number of pieces)]
WISHES: tuple[tuple[str, str, tuple[tuple[str, str, int], ...]], ...] = (
    (
        "Giveaways for the Hamburg fair",
        "Marketing",
        (("1688", "帆布袋", 200), ("1688", "笔记本", 100)),
    ),
    ("Mugs for the new office", "Office", (("taobao", "马克杯", 24),)),
    (
        "Welcome boxes for new colleagues",
        "Office",
        (("1688", "保温杯", 60), ("taobao", "笔记本", 30)),
    ),
    ("Packing material for August", "Operations", (("1688", "纸箱", 400), ("1688", "胶带", 120))),
    ("Chargers for the demo room", "Product", (("taobao", "充电器", 12), ("taobao", "数据线", 20))),
    ("Work gloves, second half of the year", "Operations", (("1688", "手套", 300),)),
    ("Lanyards for the partner day", "Marketing", (("1688", "挂绳", 250),)),
    ("Umbrellas for the service team", "Operations", (("taobao", "雨伞", 15),)),
    ("Prototype parts: LED strips", "Product", (("1688", "灯带", 40),)),
    ("Desk lamps for the studio", "Product", (("taobao", "台灯", 8),)),
    ("Storage boxes for the archive", "Office", (("taobao", "收纳箱", 20),)),
    ("T-shirts for the summer run", "Marketing", (("1688", "T恤", 120),)),
    ("Safety vests for the yard", "Operations", (("1688", "反光衣", 80),)),
    ("Webcams for meeting rooms", "Office", (("taobao", "摄像头", 6),)),
    ("Tea for visitors", "Office", (("taobao", "茶具", 4),)),
    ("Key rings for dealers", "Marketing", (("1688", "钥匙扣", 500),)),
    ("Cable tidy for the test lab", "Product", (("taobao", "数据线", 40),)),
    ("Caps for the boat show", "Marketing", (("1688", "帽子", 150),)),
    ("Labels and printers' paper", "Operations", (("1688", "标签", 200),)),
    ("Headphones for support", "Operations", (("taobao", "耳机", 10),)),
    ("Pens for the trade desk", "Marketing", (("1688", "中性笔", 600),)),
    ("Towels for the rowing team", "Marketing", (("1688", "毛巾", 100),)),
    ("Power banks for the road crew", "Operations", (("taobao", "充电宝", 12),)),
    ("Keyboards and mice, spare", "Office", (("taobao", "键盘", 5), ("taobao", "鼠标", 10))),
    ("Candles for the winter dinner", "Marketing", (("taobao", "蜡烛", 40),)),
    ("First-aid kits for all floors", "Office", (("taobao", "急救包", 6),)),
    ("Samples: silicone phone cases", "Product", (("1688", "手机壳", 50),)),
    ("Socks as a thank-you", "Marketing", (("1688", "袜子", 200),)),
    ("Hand tools for assembly", "Operations", (("taobao", "工具", 10),)),
    ("Plush mascots, first run", "Marketing", (("1688", "毛绒", 100),)),
    ("Kitchen for the new floor", "Office", (("taobao", "厨房", 12), ("taobao", "餐具", 24))),
    ("Monitor arms", "Product", (("taobao", "显示器支架", 6),)),
    ("USB sticks with the catalogue", "Marketing", (("1688", "U盘", 100),)),
    ("Whiteboards for two rooms", "Office", (("taobao", "白板", 2),)),
    ("Coffee gear for the pantry", "Office", (("taobao", "咖啡", 4),)),
    ("Badges for the open day", "Marketing", (("1688", "徽章", 300),)),
)
REFUSALS = (
    "We have enough of these from spring.",
    "Wait for the new logo, please ask again in May.",
    "Over what the event may cost.",
)
SENT_BACK = (
    "Take the version with the lid, and 24 instead of 60.",
    "Which cost centre pays? This is not for marketing.",
)
REMARKS = (
    "The seller says the blue one ships a day earlier.",
    "Needed on site by the 12th, please watch the parcels.",
    "Same as last year, quality was fine.",
    "供应商说可以免费印 logo,请确认颜色。",
)
