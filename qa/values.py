"""Values in a text: numbers with their units, years, ranks, percentages, money; and what a question asks for."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from functools import cache

import cn2an

from qa.wording import place_names

HAN_NUMBER = "零〇一二两三四五六七八九十百千万亿"
_DIGITS = r"\d+(?:[.,]\d+)*"
_NUMBER = rf"(?:{_DIGITS}(?:\s*[十百千万亿]+)?|[{HAN_NUMBER}]+)"
_UNITS = (
    "个|项|条|家|座|处|所|台|辆|套|张|名|位|人|户|次|种|类|级|倍|成|天|日|月|年|小时|分钟|毫秒|秒|公里|千米|毫米|厘米|米|平方公里|平方米|立方米|亩|公顷|吨|公斤|千克|千瓦时|千瓦|兆瓦|兆|度|学时|课时|株|床|"
    "字|件|批|届|部|篇|章|节|点|大|星|架|标箱|班|趟|列|艘|栋|万亩|海里|千伏|升|元|美元|万元|亿元|EB|PB|TB|GB|MB|%"
)
_QUANTITY = re.compile(rf"(?<![A-Za-z0-9第几])(?<!几[十百千])({_NUMBER})[多余来]?\s*(?:个(?=小时|月))?({_UNITS})(?![A-Za-z])")
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})(?!\d)")
_PERCENT = re.compile(rf"{_DIGITS}\s*[%‰]|百分之[{HAN_NUMBER}\d.]+(?![几多来{HAN_NUMBER}\d])")
_GRADE = re.compile(r"(?<![A-Za-z0-9])\d+[A-Z](?![A-Za-z])")
_ROMAN = {sign: str(place) for place, signs in enumerate("I II III IV V VI VII VIII IX X".split(), 1) for sign in (signs, chr(0x215F + place))}
_CLASS = re.compile(rf"(?<![A-Za-z—–~-])(劣?)({'|'.join(sorted(_ROMAN, key=len, reverse=True))})(类|级|型)")
"""A class in Roman numbers (Ⅲ类)."""
_LETTER = re.compile("(?<![A-Za-z0-9])[A-Z](?=级)")
"""A class in letters (E级)."""
_FREQUENCY = re.compile(rf"每(?:隔)?(半|(?:[{HAN_NUMBER}]|\d+)个?)?(天|日|周|星期|月|季|年|小时|分钟)")
_MONEY = re.compile(rf"{_NUMBER}\s*(?:万|亿|千|百)*\s*(?:美元|欧元|元|块钱)")
_STREAK = re.compile(rf"([{HAN_NUMBER}\d]+)连(?:冠|霸|胜)")
_ORDINAL = re.compile(rf"第([{HAN_NUMBER}\d]+)")
_RANK = re.compile(
    rf"(?:(全球|世界|国际|全国|国内|全省|省内|全市|市内|副省级城市|东北亚|亚洲|北方)\S{{0,3}}?)?"
    rf"((?:第[{HAN_NUMBER}\d]+(?:梯队|方阵|位|名|批|个|家|座|次|(?![张条项点款句段节章步种类层部页行{HAN_NUMBER}\d]))|(?<![此之以目当])前(?:[{HAN_NUMBER}\d]+(?:名|位|强)|(?!一)[{HAN_NUMBER}\d]+)|头一?(?:名|个|家|座|批|位)|榜首|冠军|(?<=[排算是当居])老[大二三四五六]|首(?:个|批|位|家|次|座)|唯一|最[大先早高]|领跑|领先|前列))"
)
_CONTACT = re.compile(r"\d{3,4}-\d{7,8}|1\d{10}|(?<!\d)12\d{3}(?!\d)|https?://|www\.|\w+@\w+\.")
_SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛"
    "闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷曲盛冉翁习"
)
"""The most common family names (Ministry of Public Security, report on names 2020), and that of the head of state."""
_PERSON = re.compile(
    rf"(?<![\u4e00-\u9fff])[{_SURNAMES}][\u4e00-\u9fff]{{1,2}}(?:总书记|主席|同志|总理|市长|主任|局长|书记|院士|教授|先生|女士)|"
    rf"习近平|[{_SURNAMES}][\u4e00-\u9fff]{{1,2}}(?:同志|院士|教授|先生|女士)"
)
_ORGANISATION = re.compile(r"党委|党组|党对[^,,。]{2,16}领导|领导小组|委员会|办公室|联席会议|[市省区县]政府|[\u4e00-\u9fff]{2,8}(?:(?<![布格结])局|厅)(?!面)|[\u4e00-\u9fff]{2,6}委(?=[、,;。)）]|$)|(?:牵头|责任|主管|配合)单位[::]|职能部门|有关部门|主管部门|(?<![理自])由(?!居民|自愿|群众|个人)[\u4e00-\u9fff]{2,14}?(?:牵头|负责|承办|主办|组织实施)")
_ACTORS = re.compile("(?:企业|机构|高校|院所|协会|园区|街道|基地)(?=[、,,。;和及的等])")
"""Who else takes part in a task."""
_OFFICE = re.compile(r"组长|召集人|主要(?:领导|负责)|责任人|负责人")


_PLACE = re.compile(r"[\u4e00-\u9fff]{1,6}(?:(?<!全)(?<!各)(?<!小)(?<!园)(?<!片)(?<!示范)(?<!先行)(?<!试验)区(?![域块间别分])|县|镇|街道|(?<!道)(?<!线)(?<!电)(?<!铁)(?<!公)路(?![径线面况网侧]))|[\u4e00-\u9fff]{2,4}、[\u4e00-\u9fff]{2,4}(?:\d+|[两二三四五六七八九十]+)个(?:村|镇|乡|街道)")


_COUNT = rf"{_DIGITS}\s*[十百千万亿]*(?![A-Za-z\d.,)]|\s*年)[\u4e00-\u9fff]{{0,3}}"
"""A number in digits with whatever is counted; a year is none."""


class Wants(Enum):
    """The kind of thing that a question asks for; the value names it for a refusal."""

    ANYTHING = ""
    NUMBER = "数字"
    PERCENT = "百分比"
    MONEY = "金额"
    TIME = "时间"
    RANK = "名次"
    PERSON = "人名"
    WHO = "人名或责任单位"
    ORGANISATION = "负责的部门或单位"
    CONTACT = "联系方式"
    PROCEDURE = "办理手续"
    STEPS = "操作步骤"
    DURATION = "期限或周期"
    PLACE = "地点"
    DEFINITION = "定义"
    METHOD = "计算方法"
    PENALTY = "处罚"
    REASON = "理由"
    CONDITION = "条件"
    COMPANY = "企业名称"
    NAMED = "具体名称"
    AGE = "年龄"
    AIM = "定位"
    HONOUR = "称号"


PREFERRED = frozenset({Wants.AIM, Wants.HONOUR})
"""Kinds that the answer had better hold, though a sentence without one may answer as well: nothing is refused for want of them."""
KIND_NOUNS = frozenset("字头 称号 牌子 名头 头衔 荣誉 名号 资质 奖 奖项 桂冠 招牌 身份 定位 落脚点".split())
"""Nouns that only say which of `PREFERRED` is asked for: the plan has the thing, not the word."""


_ASKS: tuple[tuple[Wants, re.Pattern[str]], ...] = tuple(
    (wants, re.compile(pattern, re.IGNORECASE))
    for wants, pattern in (
        (Wants.PERCENT, r"百分之(?:多少|几)|(?:占比|比重|比例|比率)[^,。?]{0,8}?(?:多少|几)(?!家|个[^百点]|项|座|人)|几个百分点|(?:[率比占浮涨降升高低])[^,。?]{0,8}几个点(?=$|[?。,])|占(?:了)?多[大少]的?(?:比重|比例|份额)|(?<!地)占(?:了)?多少(?=$|[?。,])"),
        (Wants.CONTACT, r"(?:电话|手机号|座机)号?码?(?:是|为)?(?:多少|几号|几|什么|哪|呢|有吗|有没有|[给发留]|告诉)|(?:联系|咨询|投诉|举报|办公|值班|客服|服务|[局处科]室?|[长的])(?:电话|手机号码?|座机)(?=号|[?。,]|$)|^(?![^,。?]*[打接])[^,。?]{1,12}(?:电话|手机号码?|座机)[?。]?$|(?:打|拨)(?:哪|什么|几)(?:个|条)?(?:热线|号|电话)|(?:哪|什么)个?(?:电话|手机号)|(?:电话|手机号|座机)[也都再]?(?:给|发|留|告诉)(?:我|一下|个|下)|号码(?:是|发|给|多少)|住址|住在哪|家住哪|热线(?:号码)?[^,。?]{0,4}(?:多少|几|是什么|哪)|(?:手机号码?|电话号码?)[^,。?]{0,4}(?:给|发|留|告诉|透露)[^,。?]{0,2}(?:个|下|我|吗|不)|邮箱|网址|官网|联系方式|微信号|公众号|地址(?!是什么意思)|(?:tele)?phone (?:number|no)|what.{0,12} phone\b|hotline|e-?mail|website|address\b|contact"),
        (
            Wants.MONEY,
            r"(?:多少|几|多大)\s*(?:个|万|百万|千万|亿|笔)*\s*(?:钱|元|块钱|资金|经费|投资|费用|补贴|补助|预算|奖金)|"
            r"(?:预算|经费|投资额|总投资|资金|造价|成本|补贴|补助|奖励|奖金|工资|价格|费用|收费|票价|投入)[^,。?]{0,8}(?:多少|几|多大|多高|规模|标准|额度|金额)|"
            r"(?:多少|几)[^,。?]{0,6}(?:预算|经费|资金|投资|补贴|补助|补偿|赔偿|款|钱)|多少个亿|(?<![获得评增填])(?:补|奖|贴|赔)(?:多少|几)(?!次|年|天|人|个|项|名|张|座|家|件|套|学位|床位|车位)|(?:投|砸|花|掏|拿出|拨|筹)[^,。?]{0,8}(?:多少|几)(?:个)?(?:百|千)?[万亿]|[一每][亩户人家头株][^,。?]{0,3}给(?:多少|几)(?=$|[?。,]|钱|元|块|补)|几(?:毛|角|分钱|块钱|折)|(?:[价费票收交付给要]|最[高低多少])[^,。?分哪]{0,3}几块(?=$|[?。,])|花多少|要花(?:多少|几)|值多少|(?:什么|啥)价(?!值)|(?:怎么|如何|咋)(?:计价|收费|计费|定价|算钱)|how much (?:money|subsid|fund|is the|will|does|did)|"
            r"budget|subsid|how much .*(?:cost|invest|spen|fund|pay)",
        ),
        (
            Wants.PERCENT,
            r"百分之(?:多少|几)|百分比|百分点|(?:比例|比重|占比|渗透率|覆盖率|普及率|增长率|增速|使用率|满足率|(?<![速频效功])率(?!先))(?![^,。?]*的[^,。?]*多少(?:个|家|项|座|所|人|处))[^,。?]{0,10}(?:多少|几|多高|是个?(?:什么|啥)水平)|"
            r"几成|percent|proportion|\brate\b",
        ),
        (Wants.RANK, r"第几(?!大?部分|[章节条项款篇]|小?点(?!名))|(?:算|排)(?:到|在|得上)?老几|排名|名次|排第|(?<![安编])排在?(?:哪|什么|多少)|哪一档|什么位次|\brank"),
        (Wants.STEPS, r"手把手|一步(?:一)?步|(?:怎么|如何|咋|怎样)(?:重新|再|才能|去|在线|自己)?(?:激活|下载|注册|登录|绑定)(?![^,。?]{0,4}(?:的|制度|改革))|(?:先|再|该)点(?:哪|什么|啥)|(?<![试重节站地特亮难焦热要])点哪[儿里个]|怎么点|哪(?:一)?[个款种](?:软件|APP|小程序|客户端|公众号)|(?:操作|具体)步骤|分(?:哪)?几步|按钮|step by step"),
        (
            Wants.PROCEDURE,
            r"(?:什么|哪些|啥)(?:材料|证件|手续|证明|流程|步骤)|(?:怎么|如何|咋)(?:走|办)[^,。?]{0,4}(?:流程|手续)|教教?我|(?:自己|我(?:该|应该|要))怎么(?!办)|"
            r"(?:怎么|如何|咋|怎样)(?:重新|再|才能|去|在线|自己)?(?:申请|申领|申报|报名|报考|报装|领取|考)(?![^,。?]{0,4}(?:的|制度|改革))|how (?:do|can|to) (?:i|we|you)? ?(?:apply|register|sign up|activate|download)",
        ),
        (Wants.DURATION, r"多久|多长时间|(?<!那)几天|几个?(?:月|年|季度|周|星期)[^,。?]{0,6}?一[次回趟轮遍]|几(?:分钟|秒钟?|个?小时|个?钟头|个?工作日|周|个?星期)|how long|how often"),
        (
            Wants.TIME,
            r"什么时候|[何几]时(?!间)|何日|啥时候|(?:到底|究竟)哪(?:一)?天|几点(?=[放开关上下出到发起能才])|哪(?:一)?(?:年|月|日|个月)|哪(?:一)?天(?![^,。?]*,)|哪[几两三四五]年|几(?:月|号|点钟|年几月)|哪(?:几|些)个?月|截止(?!到?(?:19|20)\d\d)|期限|时间表|(?<![个些两三四])年份|哪个季度|(?:有|给)(?:没有?)?个?准?(?:日子|日期)|"
            r"\bwhen\b|what year|which year|deadline|by what date",
        ),
        (Wants.PENALTY, r"罚(?:多少|什么|款|几)|(?:怎么|如何|咋)(?:处?罚|处理违)|处罚|处分|(?:什么|啥)后果|追究|[问追]责|扣(?:多少|几)分|penalt|\bfine[sd]?\b|sanction"),
        (Wants.CONDITION, r"(?:满足|符合|具备)[^,。?]{0,4}(?:什么|哪[些几]|啥)[^,。?]{0,8}(?:条件|要求|标准|资质|门槛)|(?:达到|够)(?:什么|哪[些几]|啥)[^,。?]{0,2}(?:条件|要求|标准|资质|门槛)[^,。?]{0,4}(?:才|申|报名)|(?:什么|哪[些几]个?|啥)(?:条件|门槛|资格)|门槛(?:是|有)(?:什么|哪|多)|what (?:conditions|requirements)|eligib"),
        (
            Wants.REASON,
            r"(?:为什么|为何|为啥)[^,。?]{0,4}(?:[单偏只]{1,2}|唯独|专门)(?:[把给让写提])|(?:为什么|为何|为啥|凭(?:什么|啥)|怎么(?=偏|单单|唯独))(?![^,。?]{0,12}不能)[^,。?]{0,12}?(?:(?:偏偏?|单单?|专门|唯独)(?:要)?|(?=[选挑]))[选挑定放设给落是]|(?:规划|文件|文中)[^,。?]{0,4}(?:分析|写|说|给|讲|列|提)[^,。?]{0,4}(?:原因|理由)|(?:给|说)(?:我)?(?:个|条|出)?(?:理由|缘由)|(?:具体|真正|根本|主要)原因(?:是|在)(?:什么|啥|哪)|(?:分析|说|写|讲|给|解释|交代)(?:过|了|到|出)?(?:原因|理由|缘由)(?:了)?(?:没有?|吗|么)|(?:有没有|有无)(?:说|写|讲|给|解释|分析|交代)?[^,。?]{0,4}(?:原因|理由|缘由)|理由(?:是|呢|在)?(?:什么|啥|何|哪)",
        ),
        (Wants.METHOD, r"(?:统计|计算|测算|数据)(?:口径|方法|公式|依据)|(?:什么|哪种|哪个|啥)(?:公式|口径)(?!的)|口径(?:是|怎么)|(?<![部知])分子[^,。?]{0,2}分母|分母(?=是|怎么|[?。,]|$)|(?:怎么|如何|咋|怎样)(?:测算|统计|算)出来的"),
        (Wants.DEFINITION, r"(?:官方|准确|具体|确切|明确)?(?:的)?定义|(?<!提)指(?:的)?(?:是)?(?:什么|啥)(?=$|[?。,呢啊]|意思|东西)|(?<![姓是])什么叫|代表(?:的)?(?:是)?(?:什么|啥)(?!样)|名词解释|(?:什么|啥)原理|原理是|怎么工作的|含义|definition|what does .* mean"),
        (Wants.COMPANY, r"谁中(?:的)?标|(?:承建|中标|施工|建设|运营|开发|负责)(?:方|者)?的?(?:是|为)哪(?:一)?家(?=公司|企业|[?。,]|$)|中的标|(?:哪|什么)(?:一)?(?:家|个|些|几家)?(?:公司|企业|厂商|厂家|承包商|开发商|运营商|供应商)[^,。?]{0,8}(?:承建|中(?:的)?标|开发|建设|负责|承接|实施|运营|做的|建的|干的|提供)|(?:承建|中标|施工)(?:方|单位|公司)|contractor|which company"),
        (Wants.PLACE, r"[到在往去]哪(?:个)?国(?!家级)|哪(?:几|一)?个?(?:国家|省|区(?!域)|县|街道|镇|村)(?!级)|哪(?:几|一)?条(?:街|路|线路|马路|道路|大街)|which (?:countr|district|street)"),
        (
            Wants.ORGANISATION,
            r"(?:哪|什么)(?:个|些|一个)?(?:部门|局|委办|单位|机构|委员会|科室|处室)(?!的)|谁(?:来|该|要|应该)(?=负责|领导|牵头|主管|管|主办|承担|审批|验收|监督|推进|推动|落实|抓)|谁(?:负责|领导|牵头|主管|管|主办)|由谁(?!来?(?:带头|引领|打头|示范)|出|掏|付|承担|缴|交|买)|牵头(?:单位|部门)|责任(?:单位|部门)|"
            r"主管部门|which (?:department|bureau|agency|office)|who is (?:responsible|in charge)",
        ),
        (
            Wants.PERSON,
            r"姓名|姓甚名谁|姓(?:什么|啥)|[都各]叫什么名字|(?<!其)[他她]叫(?:什么|啥)|何人|(?:组长|主任|市长|书记|局长|负责人|院长|领导|主席|总经理|校长|专家)[^,。?]{0,4}(?:叫什么|是哪|名字)|name of the (?:mayor|head|leader)|who is (?:the )?(?:current )?(?:mayor|secretary|party)",
        ),
        (Wants.WHO, r"谁(?:来(?!得|参|用|享|加入)|该|要|应该)(?!出|掏|付)|谁(?:是|当|任|出任|担任|兼|挂帅|带头|带队|领头|主抓|在管|在抓|说了算|拍板|做主|统一领)|(?<![说讲指]的)(?:是|由|归|为)谁(?!更|最|出|掏|付|承担|缴|交|买)|哪位|[交卖租包批]给了?谁|^who\b|\bwho (?:is|are|will|heads?|leads?|pays?|runs?)\b"),
        (
            Wants.NAMED,
            r"哪(?:几|一|两)?家[^,。?]{0,3}(?:院|研究所|学校|大学|高校|银行)(?!的)|哪(?:几|一|两|三|些)?(?:座|所|栋|艘)(?!有)|(?:哪(?:几|一|两)?|几)条(?:河|江|溪|航线|隧道)|"
            r"(?:首批|头一批|第一批|首个|第一个|下一批|[先头]一?个?[拿选在])[^,。?]{0,12}哪(?:几|一|两)?(?:座|家|所|处|条|个(?=[区县镇乡村]))",
        ),
        (
            Wants.HONOUR,
            r"(?:什么|哪[些个块几种]?|啥)[^,。?]{0,8}(?:称号|牌子|名头|头衔|荣誉|名号|资质|奖项?|桂冠|招牌|身份)|(?:称号|荣誉|名头|牌子|头衔|名号)(?:是|有|叫|呢)*(?:什么|啥|哪|$)|"
            r"(?:拿|得|获|评|挣)(?:到|过|了|下|上)+(?:个)?(?:什么|啥|哪)",
        ),
        (
            Wants.AIM,
            r"(?:打造|建|建设|变|发展|培育|塑造|做|办|升级)成(?:为)?个?(?:什么|啥|怎样|哪|何种)(?!样)|(?:成为|打造)(?:的是|出)?个?(?:什么|啥|怎样|何种|哪)(?!样)|(?:定位|落脚点)(?:是|在|为)*(?:什么|啥|哪|呢|$)|(?:要|想)当个?(?:什么|啥)",
        ),
        (Wants.AGE, r"(?:多少|几)周?岁|多大(?:的?岁数|年纪|年龄)|(?:够不够|到没到|够没够)(?:岁数|年龄|年纪)|(?:年龄|岁数)(?:(?:上|有)?(?:什么|哪些)?(?:要求|限制|门槛|范围)|[^,。?]{0,4}(?:多少岁|几岁|多大))|how old|\bage (?:limit|requirement)"),
        (Wants.NUMBER, r"多少(?!家当)|(?:[高低大小]于|超过|不到|达到)几(?=$|[?。,])|(?<![哪好那这第])(?<![零一二三四五六七八九过近前后](?=几年))几(?:(?=[A-Z](?![A-Za-z]))|架|个|条|家|座|次|年|项|种|类|处|所|台|万|千|百|十|辆|公里|名|人|位|届|部|套|张|艘|列|班|吨|米|户|亩|根|份|笔|宗|例)(?!就|都|也|又|互相|之间|凑|合|轮|[^,。?]{0,6}(?:咋|怎么))|多[大高]的?(?:规模|产值|体量|面积)|(?:规模|面积|容量|库容|长度|里程|体量|总量)[^,。?]{0,4}?有?多[大长高少]|(?:做|达|扩|建|涨|降|提|升|长)(?:高|低)?(?:到|至)?多[大高长](?!的?(?:影响|范围|作用|程度|力度|名气|地位|水平|本事))|什么数(?![据字学码])|数量|how many|number of"),
    )
)
_COUNTED = re.compile(rf"(?:多少|(?<![过近前后这那好第])几)\s*(?:[十百千万亿]*)\s*({_UNITS}|公里|宗|笔|例|份)(?!百分点|点|当|小时|月|工作日|星期|[百千万亿])")
_LETTERED = re.compile(r"(?:多少|几)个?(千瓦|兆瓦|公斤|千米|[A-Z]{1,2}(?=$|[?。,的了吗呢]))")
"""A unit in letters (几P)."""
_GENERIC_UNITS = {"个", "项", "条", "种", "类", "处", "点", "大", "件", "级"}
_COUNTERS = (frozenset("人名位"), frozenset("天日"), frozenset("辆台部架"), frozenset("个家户座处所项条台套张部种类件级点大"))
"""Measure words of one kind: who asks for 多少名 is answered by 5000人."""
_MEASURING = re.compile(rf"(?:{_DIGITS}|[{HAN_NUMBER}])\s*[十百千万亿]*(?:余|多)?\s*(?:公里|千米|米|平方|公顷|亩|吨|千瓦|兆|升|(?:万|亿|美)?元|天|年|小时|分钟|毫秒|秒|%|‰|EB|PB|TB|GB|MB)|[百千万亿]级")
"""A number that measures; who asks how many 条 there are is not answered by 3公里."""


COUNTED_NAME = re.compile(rf"(?<![第{HAN_NUMBER}\d])(?:[{HAN_NUMBER}]+|\d+)[大个项][\u4e00-\u9fff]{{2}}")
"""A name that counts its members (六大工程)."""
COUNT = "个"
"""The unit of whatever is counted."""
CLASS = "类"
"""That of a class, which may be counted or named (几类水: Ⅲ类)."""
COUNTED = {"条", "项", "点", "个", "节", "章", "篇", "部", "方面", "大"}
"""Units in which sections are counted."""


_SOME = re.compile("(、[^,。?、]{1,8}|按)几个(?=方面|领域|[^,。?]{1,6}来的)")
"""Some, of which the question names the members itself or asks for none (养老、停车几个方面, 按几个环节来的)."""


def asked_for(question: str) -> Wants:
    """Return what kind of thing `question` asks for."""
    question = _SOME.sub(r"\1", question)
    if re.search(r"连续(?:多少|几|了几)|连着几|持续几", question):
        return Wants.NUMBER
    return next((wants for wants, pattern in _ASKS if pattern.search(question)), Wants.ANYTHING)


def asked_unit(question: str) -> str:
    """Return the unit in which `question` wants its number (公里, 家, 年), `COUNT` for anything that is counted (个, 项), empty for any."""
    if letters := _LETTERED.search(question):
        return letters[1]
    match = _COUNTED.search(question)
    return "" if not match else CLASS if match[1] in "类级型" and len(match[1]) == 1 and re.search("几[类级型](?:水|标准|[,。?]|$)", question) else COUNT if match[1] in _GENERIC_UNITS else match[1]


@dataclass(frozen=True)
class Value:
    """A value as a text writes it.

    Attributes:
        kind: year, percent, grade, roman class, frequency, rank, ordinal or the unit of a quantity.
        amount: comparable form: a number, or the rank's words.
        text: as written.
        start: first character in the text.
        end: one past the last.
    """

    kind: str
    amount: str
    text: str
    start: int
    end: int


def _amount(written: str) -> str:
    plain = written.replace(",", "").replace(" ", "").replace("〇", "零").replace("两", "二")
    try:
        return f"{float(cn2an.cn2an(plain, 'smart')):g}"
    except ValueError:
        return plain


def values(text: str) -> list[Value]:
    """Return the values in `text`, in order of kind: years, percentages, ranks, ordinals, quantities, grades (4A, 5G), classes (Ⅲ类), how often."""
    found: list[Value] = []
    for match in _YEAR.finditer(text):
        found.append(Value("year", match[1], match[0], *match.span()))
    for match in _PERCENT.finditer(text):
        number = _amount(re.sub(r"[%‰\s]|百分之", "", match[0]))
        found.append(Value("percent", number, match[0], *match.span()))
    for match in _RANK.finditer(text):
        found.append(Value("rank", (match[1] or "") + _rank_words(match[2]), match[0], *match.span()))
    for match in _ORDINAL.finditer(text):
        found.append(Value("ordinal", _amount(match[1]), match[0], *match.span()))
    for match in _STREAK.finditer(text):
        found.append(Value("次", _amount(match[1]), match[0], *match.span()))
    for match in _QUANTITY.finditer(text):
        if match[2] == "年" and len(match[1]) == 4 and match[1].isdigit():
            continue
        if re.match("字|词", text[match.end() :]):
            continue  # “环卫”两个字: the words, not how many
        if match[1] == "一" and match[2] in _GENERIC_UNITS | {"张", "批", "节", "次", "部", "体", "家"}:
            continue  # an indefinite article, not a count
        if match[1] == "一" and text[match.end() : match.end() + 1] in tuple("不也都没"):
            continue  # 一艘不落: all
        found.append(Value(match[2], _amount(match[1]), match[0], *match.span()))
    for match in _GRADE.finditer(text):
        found.append(Value("grade", match[0], match[0], *match.span()))
    for match in _CLASS.finditer(text):
        found.append(Value(f"roman {match[3]}", match[1] + _ROMAN[match[2]], match[0], *match.span()))
    for match in _LETTER.finditer(text):
        found.append(Value("letter", match[0], match[0], *match.span()))
    for match in _FREQUENCY.finditer(text):
        found.append(Value("frequency", (match[1] or "") + match[2].replace("星期", "周"), match[0], *match.span()))
    return found


def _rank_words(words: str) -> str:
    return re.sub(rf"[{HAN_NUMBER}\d]+", lambda number: _amount(number[0]), re.sub("头一?(?=[个家座批位])|头一?名|榜首|冠军", "第一", words).replace("首", "第一").replace("老大", "第一").replace("老", "第"))


@cache
def _place_pattern() -> re.Pattern[str]:
    return re.compile("|".join([_PLACE.pattern, *map(re.escape, sorted(place_names(), key=len, reverse=True))]))


@cache
def _kinds() -> dict[Wants, re.Pattern[str]]:
    """Return what a thing of each kind looks like; numbers are looked for by their unit instead."""
    return {
        Wants.PERCENT: re.compile(rf"{_PERCENT.pattern}|[{HAN_NUMBER}]分之[{HAN_NUMBER}]|过半|[近超]半(?!年|个?月|天|小时)|一半|[{HAN_NUMBER}\d]成(?=$|以上|左右|[,。;、的])"), Wants.MONEY: _MONEY, Wants.RANK: _RANK, Wants.PERSON: _PERSON,
        Wants.WHO: re.compile(f"{_PERSON.pattern}|{_ORGANISATION.pattern}|{_OFFICE.pattern}|{_ACTORS.pattern}"),
        Wants.STEPS: re.compile(r"步骤|流程|登录|点击|填写|提交|依次|第一步|APP|小程序|客户端|公众号"),
        Wants.PROCEDURE: re.compile(r"申请|材料|证件|凭[^证]|流程|步骤|携带|登录|拨打|提交|网上办|掌上办|线上|填写|报名|窗口"),
        Wants.DURATION: re.compile(rf"{_FREQUENCY.pattern}|半(?:个)?(?:年|月|天|小时)|{_NUMBER}\s*(?:个?(?:工作日|年|月|周|星期|季度|小时|分钟|秒)|天|日|毫秒)(?:内|以内|一次)?|年底|月底"),
        Wants.ORGANISATION: _ORGANISATION, Wants.CONTACT: _CONTACT, Wants.PLACE: _place_pattern(),
        Wants.DEFINITION: re.compile(r"[\u4e00-\u9fff]{4,}\([A-Za-z0-9]{2,}\)|是指|指的是|即[^将使可]|是[^,,。]{2,30}的(?:重要)?(?:手段|路径|行动指南)"),
        Wants.COMPANY: re.compile(r"[\u4e00-\u9fff]{2,10}(?:公司|集团)|由[\u4e00-\u9fff]{2,12}(?:承建|建设|开发|运营)"),
        Wants.METHOD: re.compile("公式|口径|分母|计算|测算|按[^,。;]{1,20}(?:折算|计算|核算|计入|收取|补贴|发放|给予)|每[平人月户亩]|之比|比例"),
        Wants.AGE: re.compile("岁|龄"),
        Wants.AIM: re.compile(r"(?:打造|成为|建成|建设成)[^,,。;]{2,80}"),
        Wants.HONOUR: re.compile(r"(?:获批|获评|入选|获得|荣获|授予|评为|列为|确定为|纳入|蝉联|摘得|首批)[^,,。;]{2,80}"),
        Wants.CONDITION: re.compile(r"条件|门槛|资格|符合|具备|须|应当|不低于|不少于"),
        Wants.PENALTY: re.compile(r"罚|处分|追责|问责|追究|惩|扣分"),
        Wants.REASON: re.compile(r"因为?(?![素地此子])|由于|鉴于|为了?(?=[^核重主一中止])[^,,。]{2,20}[,,]|旨在|以便|考虑到|基于|得益于"),
        Wants.TIME: re.compile(r"(?:到|至)?(?:19|20)\d{2}(?:年)?(?:\s*[—至到-]+\s*(?:19|20)?\d{2,4}年?)?|\d{1,2}月|“十[一二三四五六]五”|年底|年内"),
    }  # fmt: skip


_SHORT_SPANS = frozenset("毫秒 秒 秒钟 分钟 小时".split())
"""Units that no number of years or days answers."""


def holds(wants: Wants, text: str, unit: str = "") -> re.Match[str] | None:
    """Return where `text` holds a thing of the kind that was asked for, or None.

    Args:
        wants: the kind; ANYTHING is never looked for.
        text: a sentence or a part of one.
        unit: for a number, the unit that it must have; empty for any.
    """
    if wants is Wants.NUMBER:
        own = "" if unit in (COUNT, CLASS) else unit
        units = next(("|".join(sorted(kind)) for kind in _COUNTERS if own and own in kind), re.escape(own) or _UNITS)
        counted = rf"({_NUMBER})\s*(?:余|多)?\s*(?:{units})"
        wanted = counted if own else rf"(?:{counted}|{_COUNT})"
        pattern = re.compile(rf"(?:超过?|近|约|逾|达到?|不少于)?(?<![A-Za-z0-9第.])(?:{wanted})(?![A-Za-z])(?:以上)?")
        matches = (match for match in pattern.finditer(text) if not re.fullmatch(r"(?:19|20)\d{2}年?", match[0]))
        matches = (match for match in matches if (own in match[0] and own) or not re.match(r"一\s*[张批节次部家个项条种类件位座处名]", match[0]))  # an article, no count
        return next((match for match in matches if unit not in (COUNT, CLASS) or not _MEASURING.search(match[0])), _CLASS.search(text) if unit == CLASS else None)
    if wants is Wants.DURATION and unit in _SHORT_SPANS:
        return re.search(rf"{_NUMBER}\s*(?:毫秒|秒|分钟|个?小时)|当场|即时|当[日天]", text)
    kind = _kinds().get(wants)
    return kind.search(text) if kind else None
