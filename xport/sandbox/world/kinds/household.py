# ruff: noqa: E501 - a word list reads best on one line
"""Kitchen, dining, textiles and storage."""

from __future__ import annotations

from .model import kind

HOUSEHOLD = (
    kind(
        "utensils", "厨房用具=Kitchen utensils", branch="kitchen", trade="kitchenware",
        heads="锅铲套装=spatula set|硅胶厨具=silicone utensils|漏勺汤勺=ladle and skimmer|厨房工具套装=kitchen tool set|烘焙刮刀=baking spatula",
        materials="食品级硅胶=food-grade silicone*1.2|304不锈钢=304 stainless steel*1.3|榉木=beech wood|尼龙=nylon*0.8",
        styles="不粘锅专用=non-stick safe|家用=household|加厚=thick|北欧=Nordic|一体式=one-piece|长柄=long-handled",
        features="耐高温=heat resistant|带收纳桶=with holder|防滑手柄=non-slip handle|可悬挂=hangable|不伤锅=pan-friendly|易清洗=easy to clean",
        uses="厨房=kitchen|员工食堂=staff canteen|烘焙=baking|酒店后厨=hotel kitchen|露营野餐=camping",
        colours="black wood grey mint pink khaki red", axes="规格=Pieces: 3件套=3 pcs|6件套=6 pcs*1.5|12件套=12 pcs*2.3",
        price=(9.9, 79), weight=(250, 1300), size=(35, 13, 10), unit="套=set", moqs=(1, 2, 10, 50), search="厨具 铲子 勺子 spatula ladle cooking",
    ),
    kind(
        "cutlery", "刀叉餐具=Cutlery", branch="kitchen", trade="kitchenware",
        heads="刀叉勺套装=cutlery set|西餐餐具=flatware|便携餐具=portable cutlery|筷子勺子套装=chopsticks and spoon set|牛排刀叉=steak knife and fork",
        materials="304不锈钢=304 stainless steel|430不锈钢=430 stainless steel*0.7|小麦秸秆=wheat straw*0.5|316不锈钢=316 stainless steel*1.3",
        styles="葡萄牙风=Portuguese style|镜面抛光=mirror-polished|哑光=matte|加厚=thick|简约=minimalist|轻奢=light luxury",
        features="可激光刻字=laser engraving|带收纳盒=with case|可机洗=dishwasher safe|礼盒装=gift boxed|防锈=rust-proof|圆润手柄=rounded handle",
        uses="员工餐厅=staff canteen|酒店=hotel|家用=home|学生上班族=students and office workers|聚会=parties",
        colours="steel gold black rosegold mint pink", axes="规格=Pieces: 3件套=3 pcs|4件套=4 pcs*1.2|16件套=16 pcs*3.6|24件套=24 pcs*5",
        price=(6.9, 39), weight=(110, 260), size=(23, 7, 3), unit="套=set", moqs=(1, 10, 50, 100), batches=(10, 50), search="餐具 刀叉 勺子 筷子 fork knife spoon flatware tableware",
    ),
    kind(
        "lunchbox", "饭盒=Lunch boxes", branch="kitchen", trade="daily",
        heads="饭盒=lunch box|便当盒=bento box|保温饭盒=insulated lunch box|玻璃保鲜盒=glass food container|分格餐盒=divided meal box",
        materials="304不锈钢=304 stainless steel*1.4|高硼硅玻璃=borosilicate glass*1.2|食品级PP=food-grade PP|小麦秸秆=wheat straw*0.9",
        styles="日式=Japanese|双层=two-tier|便携=portable|大容量=large capacity|简约=minimalist|可爱=cute",
        features="可微波加热=microwave safe|密封防漏=leak-proof|分格设计=divided|带餐具=with cutlery|注水保温=hot water insulated|带手提袋=with carry bag",
        uses="上班族带饭=office lunches|学生=students|员工福利=staff welfare|野餐=picnics|健身餐=meal prep",
        colours="white pink mint navy grey green khaki", axes="容量=Capacity: 800ml|1000ml*1.1|1400ml*1.3|1800ml*1.5",
        price=(12.9, 79), weight=(280, 780), size=(20, 14, 9), moqs=(1, 5, 20, 48), batches=(12, 24), search="餐盒 便当 bento container",
    ),
    kind(
        "tablecloth", "桌布=Tablecloths", branch="textile", trade="textile",
        heads="桌布=tablecloth|台布=table cover|餐桌布=dining tablecloth|会议桌布=conference tablecloth|桌旗=table runner",
        materials="涤纶=polyester|棉麻=cotton linen*1.3|PVC=PVC*0.8|雪尼尔=chenille*1.5",
        styles="纯色=plain|格子=checked|北欧=Nordic|法式=French|田园=country|新中式=modern Chinese",
        features="防水防油=water and oil proof|免洗=wipe-clean|加厚垂感=heavy drape|流苏花边=tasselled edge|可印logo=logo printing|抗皱=wrinkle resistant",
        uses="会议室=meeting room|展会=exhibitions|酒店宴会=hotel banquets|餐厅=restaurant|户外野餐=picnics",
        colours="white cream red navy darkgreen grey lightblue wine", axes="尺寸=Size: 90×90cm|120×120cm*1.4|140×180cm*1.9|140×220cm*2.2",
        price=(12, 79), weight=(200, 900), size=(30, 25, 3), unit="条=piece", moqs=(1, 5, 10, 50), search="台布 餐布 table cloth linen",
    ),
    kind(
        "towel", "毛巾=Towels", branch="textile", trade="textile",
        heads="毛巾=towel|浴巾=bath towel|运动毛巾=sports towel|面巾=face towel|擦手巾=hand towel",
        materials="纯棉=pure cotton|长绒棉=long-staple cotton*1.5|珊瑚绒=coral fleece*0.7|竹纤维=bamboo fibre*1.2|超细纤维=microfibre*0.6",
        styles="加厚=thick|素色=plain|提花=jacquard|条纹=striped|五星酒店=five-star hotel|日系=Japanese",
        features="强吸水=highly absorbent|不掉毛=lint-free|可绣字=embroidery|速干=quick-drying|抗菌=antibacterial|礼盒装=gift boxed",
        uses="健身房=gym|酒店=hotel|员工福利=staff welfare|家用=home|美容院=beauty salon",
        colours="white grey pink lightblue navy beige mint coffee", axes="规格=Size: 34×75cm|40×80cm*1.2|70×140cm*2.6|80×160cm*3.2",
        price=(5.9, 32), weight=(80, 480), size=(28, 20, 5), unit="条=piece", moqs=(1, 10, 50, 100), batches=(10, 20), search="浴巾 面巾 bath cloth",
    ),
    kind(
        "storage", "收纳箱=Storage boxes", branch="living", trade="daily",
        heads="收纳箱=storage box|整理箱=organiser box|折叠收纳盒=folding storage bin|桌面收纳盒=desktop organiser|储物箱=storage container",
        materials="PP塑料=PP plastic|PET=PET*1.2|牛津布=Oxford fabric*0.9|ABS=ABS*1.3",
        styles="加厚=thick|可折叠=foldable|透明=transparent|大号=large|日式=Japanese|抽屉式=drawer-type",
        features="带盖=with lid|带滑轮=with wheels|可叠加=stackable|承重强=heavy-duty|防尘防潮=dust and damp proof|侧开门=side opening",
        uses="办公室文件=office files|仓库=warehouse|衣物整理=clothes|玩具零食=toys and snacks|车载后备箱=car boot",
        colours="clear white grey blue khaki pink mint", axes="容量=Volume: 10L|20L*1.4|35L*1.9|60L*2.8",
        price=(9.9, 45), weight=(350, 2100), size=(42, 30, 25), moqs=(1, 5, 12, 24), batches=(6, 12), search="收纳盒 整理箱 organizer organiser bin container box",
    ),
    kind(
        "candle", "香薰蜡烛=Scented candles", branch="living", trade="gifts",
        heads="香薰蜡烛=scented candle|罐装蜡烛=jar candle|大豆蜡烛=soy candle|无烟香氛蜡烛=smokeless candle|蜡烛礼盒=candle gift set",
        materials="大豆蜡=soy wax|蜂蜡=beeswax*1.4|椰子蜡=coconut wax*1.2|石蜡=paraffin*0.7",
        styles="ins风=Instagram style|复古=retro|轻奢=light luxury|森系=forest|极简=minimalist|手工=handmade",
        features="持久留香=long-lasting scent|助眠=sleep aid|带木盖=with wooden lid|可定制香味=custom scent|礼盒装=gift boxed|无烟=smoke-free",
        uses="公司伴手礼=company gifts|家居香氛=home fragrance|婚礼=weddings|节日送礼=holiday gifts|酒店民宿=hotels",
        colours="white amber pink haze mint lilac black", axes="净含量=Net weight: 80g|120g*1.25|200g*1.7|300g*2.2",
        price=(12.8, 69), weight=(180, 520), size=(9, 9, 11), moqs=(2, 10, 24, 50), batches=(6, 12, 24), search="蜡烛 香薰 fragrance aroma",
    ),
    kind(
        "umbrella", "雨伞=Umbrellas", branch="living", trade="umbrella",
        heads="全自动雨伞=automatic umbrella|折叠伞=folding umbrella|长柄伞=straight umbrella|晴雨伞=sun and rain umbrella|广告伞=promotional umbrella",
        materials="碰击布=pongee|黑胶=black coating*1.2|玻璃纤维骨=fibreglass ribs*1.15|碳纤维=carbon fibre*1.6",
        styles="商务=business|抗风=windproof|加大=oversized|反向=reverse|简约=minimalist|小巧=compact",
        features="一键开收=one-touch open and close|防晒防紫外线=UV protection|可印logo=logo printing|十骨加固=ten-rib|速干=quick-drying|反光条=with reflective strip",
        uses="公司礼品=company gifts|上下班=commuting|酒店=hotel|广告活动=promotions|户外=outdoor",
        colours="black navy red blue darkgreen yellow pink grey wine", axes="骨数=Ribs: 8骨=8 ribs|10骨=10 ribs*1.15|12骨=12 ribs*1.3|24骨=24 ribs*1.8",
        price=(15.9, 89), weight=(280, 620), size=(32, 6, 6), unit="把=piece", moqs=(1, 5, 20, 60), batches=(10, 60), search="伞 雨具 parasol",
    ),
)  # fmt: skip
