"""What counts as a difference between a claim and a clause, and what is only another way of saying it."""

import pytest
from chat_world import answerer

from qa.answer import Question
from qa.premise import differences, other_values

PORT = "建成自动化码头4个,集装箱吞吐量位列全省第二,由市交通运输局牵头建设“智慧港口一张图”,成为全国绿色港口样板"
SOURCE = PORT + "。市海洋发展局推进海洋牧场建设,居民可在线办理登记,农业示范区扩大到三处。"


@pytest.mark.parametrize(
    ("claim", "claimed"),
    [
        ("建成自动化码头6个", "6个"),
        ("集装箱吞吐量位列全省第三", "全省第三"),
        ("港口成为全省绿色港口样板", "全省"),
        ("由市海洋发展局牵头建设", "市海洋发展局"),
        ("建设“智慧渔港一张图”", "智慧渔港一张图"),
        ("自动化码头超过5个", "5个"),
    ],
)
def test_a_difference_is_found(claim: str, claimed: str) -> None:
    found = differences(claim, PORT, strict=True, source=SOURCE, title="港口规划")
    assert any(claimed in one.claimed for one in found)


@pytest.mark.parametrize(
    "claim",
    [
        "自动化码头建成了4个",
        "自动化码头超过3个",
        "集装箱吞吐量在全省排第2",
        "交通运输局带头搞智慧港口一张图",
        "这个港口成了全国的样板",
    ],
)
def test_another_way_of_saying_it_is_none(claim: str) -> None:
    assert differences(claim, PORT, strict=True, source=SOURCE, title="港口规划") == []


@pytest.mark.parametrize(
    ("claim", "text"),
    [
        ("规定是先收费后登记", "实行先登记后收费"),
        ("居民必须参加培训", "居民自愿参加培训"),
        ("夜间允许鸣笛", "夜间严禁鸣笛"),
        ("二期码头已经建成投用", "新建二期码头,设泊位12个"),
        ("公示要等施工满一个月以后", "施工前一个月依法公示"),
        ("登记只能办到区里就到头了", "市、区、街道三级登记全覆盖"),
        ("110也要并进热线", "除110、119等紧急热线外,全部归并至热线"),
        ("领导小组由副市长挂帅", "成立由市长任组长的领导小组"),
        ("码头由中国联通承建", "码头由中国电信建设运营"),
        ("登陆站选址红岛", "加快东岸登陆站建设"),
        ("登陆站建在灵山卫附近", "加快东岸登陆站建设"),
        ("路灯有3万盏,桥梁有4百座", "路灯超过400盏,桥梁达到30000座"),
        ("公园负责排水,湿地负责休闲", "公园提供休闲,湿地承担排水"),
        ("码头备有吊机、跳板加缆桩", "码头配备吊机、浮筒和缆桩"),
        ("先地上后地下", "坚持先地下后地上"),
        ("千吨到港、万吨到岸", "推动万吨码头建设,实现万吨到港、千吨到岸的航道贯通"),
        ("内河码头算进了海运通道", "推进渔港、内河码头、旅游码头等港口设施和近海航线、远洋航线等海运通道建设"),
        ("航运补贴只给大船,不给渔船", "将渔船、货船纳入航运补贴"),
        ("要不要建台账,各港区可以看着办", "各港区要建立台账,定期上报"),
        ("数据共享铺开到十几个部门", "在海事、渔业等6个部门推进数据共享"),
        ("泊位不到30个", "拥有泊位98个"),
        ("新港区早就修好了", "推进新港区建设"),
        ("贯彻数字强市部署", "贯彻数字强省部署"),
        ("大桥已经通车", "开工建设大桥"),
        ("千兆城市还停留在申报阶段", "建成全国首批千兆城市"),
        ("由常务副市长担任数字工作领导小组组长", "成立由市长任组长的领导小组"),
        ("先施工再公示", "施工前依法公示并听取意见"),
        ("管线可以等路修好以后再埋", "管线与道路同步设计、同步施工"),
        ("填湖一律禁止,没有例外", "除省重大项目外全面禁止填湖"),
        ("领导小组由副市长当组长", "成立由市长任组长的领导小组"),
        ("由市水务局负责登记", "居民可在线办理登记"),
        ("预警分为蓝、黄、橙、紫四级", "实行蓝、黄、橙、红四级预警"),
        ("“一网办”是企业的,“一窗办”是居民的", "推进居民“一网办”、企业“一窗办”"),
        ("学校有三千多所", "建成学校4000所"),
        ("港口规模居全省头名", "港口规模居全省第二位"),
        ("清淤是市水务局牵头的", "由市交通局牵头,市水务局、市海事局配合"),
        ("东干渠把南山水库的水送到北岭县", "西干渠连接南山水库与东坪县,东干渠连接云江水库与北岭县"),
        ("机柜规模超3万个", "机柜数超4万个"),
        ("河口水质达到II类", "到2028年河口水质稳定达到Ⅲ类"),
        ("The port came third in the province", "港口规模居全省第二位"),
        ("每年组织居民参与2次演练", "每年组织居民参与4次演练"),
        ("体检费用市里出六成、县里出四成", "费用由市、县(区)财政按4:6比例分担"),
        ("入选的是甲信和乙岭两家", "甲尔、乙岭入选"),
        ("数字政府要拿全国第一名", "数字政府发展位居全国第一梯队"),
    ],
)
def test_order_duty_and_what_is_done_are_compared(claim: str, text: str) -> None:
    assert differences(claim, text, strict=True, source=text)


@pytest.mark.parametrize(
    ("claim", "text"),
    [
        ("市财政局配合市教育局牵头推进", "由市教育局牵头推进,市财政局配合"),
        ("森林达到120万亩其中公益林45万亩", "森林面积达到120万亩,其中公益林森林面积45万亩"),
        ("在全省的智慧城市里水平是头名", "智慧城市水平位列全省第一"),
        ("建成3家A级景区", "建成3家4A级景区"),
        ("Ⅱ类水质断面占90%", "Ⅰ—Ⅲ类水质断面占90%"),
        ("The port was the first to join and ranked second", "港口率先加入,综合排名第二位"),
        ("清淤由市水务局配合", "由市交通局牵头,市水务局、市海事局配合"),
        ("东干渠连着云江水库到北岭县", "西干渠连接南山水库与东坪县,东干渠连接云江水库与北岭县"),
        ("河口水质达到III类", "到2028年河口水质稳定达到Ⅲ类"),
        ("已经滚动做了2019、2020、2021三年的行动方案", "滚动实施2019、2020、2021年港口建设行动方案"),
        ("The port came second in the province", "港口规模居全省第二位"),
        ("改造工程涉及两个区", "改造工程将涉及桥西区、高新区2个区"),
        ("住建局和发改委两家牵头", "由市住房和城乡建设局、市发展和改革委员会牵头"),
        ("占用永久基本农田要报批", "项目不占用永久基本农田;确需占用永久基本农田的依法报批"),
        ("继续发放租赁补贴", "不再发放购房补贴,继续发放租赁补贴"),
        ("以后还会继续保留老菜场", "不再保留露天马路市场,继续保留老菜场"),
        ("首批在北苑和柳塘新建两个示范项目", "首批在北苑、柳塘建设两个示范项目"),
        ("是为了贯彻上级部署才编的", "为贯彻上级部署,制定本规划"),
        ("产量老是排头一个", "产量4次蝉联全国第一位"),
        ("我不想排队办证", "推行证件网上办"),
        ("快递公司不得二次收费", "严禁快递企业二次收费"),
        ("体检费用县里出六成、市里出四成", "费用由市、县(区)财政按4:6比例分担"),
    ],
)
def test_what_the_text_has_in_that_place_is_none(claim: str, text: str) -> None:
    assert differences(claim, text, strict=True, source=text) == []


def test_a_sum_without_its_unit_is_compared() -> None:
    assert differences("68个项目才148亿,是不是少了", "项目共68个,总投资184亿元", strict=False)
    assert differences("68个项目有184亿,是不是少了", "项目共68个,总投资184亿元", strict=False) == []
    assert differences("总产值到1200亿", "总产值达到1,200亿元", strict=False) == []
    assert differences("床位覆盖1.5万户吗", "床位覆盖15000户,惠及3万人", strict=False) == []


def test_a_range_of_years_is_as_long_as_it_is() -> None:
    text = "本规划管2021至2025年的工作"
    assert differences("规划管五年", text, strict=True, source=text) == []
    assert differences("规划管三年", text, strict=True, source=text)


def test_a_value_in_passing_is_compared_and_a_year_is_not() -> None:
    text = "实现全市任意地点2毫秒时延"
    assert other_values("全市都能做到8毫秒时延,怎么办到的?", text, "", "某市规划")[0].claimed == "8毫秒"
    assert other_values("2024年全市都能做到2毫秒时延,怎么办到的?", text, "", "某市规划") == []
    assert other_values("试点设在城阳区,有什么好处?", "在西海岸新区开展试点", "", "某市规划")[0].claimed == "城阳区"


def test_what_is_only_asked_is_compared_in_hard_facts_alone() -> None:
    assert differences("居民能办登记吗", PORT, strict=False, source=SOURCE) == []
    assert differences("自动化码头是6个吗", PORT, strict=False, source=SOURCE)


@pytest.mark.parametrize("text", ["既然千兆城市是全国第三批,规划怎么说?", "Given that 5G base stations exceed 90000, is that right?"])
def test_what_a_question_takes_as_given_is_compared(text: str) -> None:
    answer = answerer().answer(Question(text))
    assert answer.status in ("corrected", "refused")


@pytest.mark.parametrize(
    ("claim", "text"),
    [
        ("把甲厂的订单转到乙厂", "引导乙厂订单向甲厂转移"),
        ("公交专用道里头压根没有救护车", "公交专用道供公交车、救护车通行"),
        ("由省领导担任组长", "成立以县委、县政府主要领导为组长的工作小组"),
        ("2秒就能接通", "实现2毫秒接通"),
        ("码头在全市排老三", "码头位列全市第二"),
    ],
)
def test_the_other_way_round_left_out_another_rung_another_unit(claim: str, text: str) -> None:
    assert differences(claim, text, strict=True, source=text)


def test_the_same_way_and_the_same_rung_are_no_difference() -> None:
    assert differences("乙厂的订单转到甲厂", "引导乙厂订单向甲厂转移", strict=True, polar=False) == []
    assert differences("由县领导担任组长", "成立以县委、县政府主要领导为组长的工作小组", strict=True, polar=False) == []


def test_a_name_in_quotes_that_the_plan_has_elsewhere_is_no_slip() -> None:
    text = "推进“一网一门”改革"
    assert differences("推行“一网一窗”", text, strict=False, source=text)
    assert not differences("推行“一网一窗”", text, strict=False, source=text + "。深化“一网一窗”服务")


def test_what_has_been_so_many_times_is_no_bound() -> None:
    found = differences("海事通蝉联过两次第一", "海事通4次蝉联第一", strict=True)
    assert any(one.claimed == "两次" for one in found)


def test_a_word_that_the_tagger_cut_wrongly_is_no_difference() -> None:
    assert not differences("办事是线上线下结合", "形成线下线上相结合的办事体系", source="平台上线。形成线下线上相结合的办事体系")
