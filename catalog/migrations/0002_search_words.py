"""A first word list: what an office asks for, and what Chinese sellers call it. Admins edit it."""

from django.db import migrations

WORDS = """
mug 马克杯 | cup 杯子 | thermos 保温杯 | water bottle 水杯 | glass 玻璃杯 | tea set 茶具
coffee pot 咖啡壶 | lunch box 饭盒 | cutlery 餐具 | tablecloth 桌布 | towel 毛巾 | storage box 收纳箱
candle 香薰蜡烛 | umbrella 雨伞 | notebook 笔记本 | pen 中性笔 | ballpoint pen 圆珠笔 | sticky note 便利贴
folder 文件夹 | ring binder 活页夹 | lanyard 证件挂绳 | badge holder 证件套 | sticker 贴纸 | label 标签
office chair 办公椅 | chair 椅子 | desk 办公桌 | monitor arm 显示器支架 | desk lamp 台灯 | desk mat 桌垫
mouse pad 鼠标垫 | whiteboard 白板 | marker 白板笔 | roll-up banner 易拉宝 | usb stick U盘 | charger 充电器
usb cable 数据线 | power bank 充电宝 | headphones 耳机 | headset 耳麦 | webcam 摄像头 | keyboard 键盘
mouse 鼠标 | laptop stand 笔记本支架 | laptop bag 电脑包 | phone case 手机壳 | led strip LED灯带 | battery 电池
t-shirt T恤 | tee shirt T恤 | hoodie 卫衣 | cap 帽子 | socks 袜子 | sneakers 运动鞋
tote bag 帆布袋 | backpack 双肩包 | work gloves 劳保手套 | safety vest 反光背心 | safety shoes 劳保鞋 | cardboard box 纸箱
packing tape 封箱胶带 | bubble wrap 气泡膜 | first aid kit 急救包 | tool set 工具套装 | tape measure 卷尺 | plush toy 毛绒公仔
badge 徽章 | key ring 钥匙扣 | keychain 钥匙扣 | balloon 气球
"""


def pairs():
    for entry in WORDS.replace("\n", "|").split("|"):
        word, _, original = entry.strip().rpartition(" ")
        if word:
            yield word, original


def add(apps, schema_editor):
    SearchWord = apps.get_model("catalog", "SearchWord")
    rows = [SearchWord(word=word, original=original) for word, original in pairs()]
    SearchWord.objects.bulk_create(rows, ignore_conflicts=True)


def take_away(apps, schema_editor):
    SearchWord = apps.get_model("catalog", "SearchWord")
    SearchWord.objects.filter(word__in=[word for word, _ in pairs()]).delete()


class Migration(migrations.Migration):
    dependencies = [("catalog", "0001_goods")]
    operations = [migrations.RunPython(add, take_away)]
