"""Chinese characters that are taken for one another: those that sound alike, and those that look alike.

The 3,755 characters of everyday use stand in GB 2312 in the order of their sounds, so the first character of each
syllable is all that must be written down. Of a character with several sounds only one is known.
"""

from collections.abc import Iterator
from functools import cached_property

# The first character of each syllable, in the order of GB 2312, with the syllable in pinyin (v for ü).
_FIRSTS = """
啊a 埃ai 鞍an 肮ang 凹ao 芭ba 白bai 斑ban 邦bang 苞bao 杯bei 奔ben 崩beng 逼bi 鞭bian 标biao 鳖bie 彬bin 兵bing 玻bo
哺bu 擦ca 猜cai 餐can 苍cang 操cao 厕ce 层ceng 插cha 拆chai 搀chan 昌chang 超chao 车che 郴chen 撑cheng 吃chi 充chong
抽chou 初chu 揣chuai 川chuan 疮chuang 吹chui 春chun 戳chuo 疵ci 聪cong 凑cou 粗cu 蹿cuan 摧cui 村cun 磋cuo 搭da 呆dai
耽dan 当dang 刀dao 德de 蹬deng 堤di 颠dian 碉diao 跌die 丁ding 丢diu 东dong 兜dou 都du 端duan 堆dui 墩dun 掇duo 蛾e
恩en 而er 发fa 藩fan 坊fang 菲fei 芬fen 丰feng 佛fo 否fou 夫fu 噶ga 该gai 干gan 冈gang 篙gao 哥ge 给gei 根gen 耕geng
工gong 钩gou 辜gu 刮gua 乖guai 棺guan 光guang 瑰gui 辊gun 锅guo 哈ha 骸hai 酣han 夯hang 壕hao 呵he 嘿hei 痕hen 哼heng
轰hong 喉hou 呼hu 花hua 槐huai 欢huan 荒huang 灰hui 荤hun 豁huo 击ji 嘉jia 歼jian 僵jiang 蕉jiao 揭jie 巾jin 荆jing
炯jiong 揪jiu 鞠ju 捐juan 撅jue 均jun 喀ka 开kai 刊kan 康kang 考kao 坷ke 肯ken 坑keng 空kong 抠kou 枯ku 夸kua 块kuai
宽kuan 匡kuang 亏kui 坤kun 括kuo 垃la 莱lai 蓝lan 琅lang 捞lao 勒le 雷lei 棱leng 厘li 俩lia 联lian 粮liang 撩liao
列lie 琳lin 玲ling 溜liu 龙long 楼lou 芦lu 驴lv 峦luan 掠lve 抡lun 萝luo 妈ma 埋mai 瞒man 芒mang 猫mao 么me 玫mei
门men 萌meng 眯mi 棉mian 苗miao 蔑mie 民min 明ming 谬miu 摸mo 谋mou 拇mu 拿na 氖nai 南nan 囊nang 挠nao 呢ne 馁nei
嫩nen 能neng 妮ni 蔫nian 娘niang 鸟niao 捏nie 您nin 柠ning 牛niu 脓nong 奴nu 女nv 暖nuan 虐nve 挪nuo 哦o 欧ou 啪pa
拍pai 攀pan 乓pang 抛pao 呸pei 喷pen 砰peng 坯pi 篇pian 飘piao 撇pie 拼pin 乒ping 坡po 扑pu 期qi 掐qia 牵qian 枪qiang
橇qiao 切qie 钦qin 青qing 琼qiong 秋qiu 趋qu 圈quan 缺que 裙qun 然ran 瓤rang 饶rao 惹re 壬ren 扔reng 日ri 戎rong 揉rou
茹ru 软ruan 蕊rui 闰run 若ruo 撒sa 腮sai 三san 桑sang 搔sao 瑟se 森sen 僧seng 莎sha 筛shai 珊shan 墒shang 梢shao 奢she
砷shen 声sheng 师shi 收shou 蔬shu 刷shua 摔shuai 栓shuan 霜shuang 谁shui 吮shun 说shuo 斯si 松song 搜sou 嗽su 酸suan
虽sui 孙sun 蓑suo 塌ta 胎tai 坍tan 汤tang 掏tao 特te 藤teng 梯ti 天tian 挑tiao 贴tie 厅ting 通tong 偷tou 凸tu 湍tuan
推tui 吞tun 拖tuo 挖wa 歪wai 豌wan 汪wang 威wei 瘟wen 嗡weng 挝wo 巫wu 昔xi 瞎xia 掀xian 相xiang 萧xiao 楔xie 薪xin
星xing 兄xiong 休xiu 墟xu 轩xuan 靴xue 勋xun 压ya 焉yan 殃yang 邀yao 椰ye 一yi 茵yin 英ying 哟yo 拥yong 幽you 淤yu
鸳yuan 曰yue 耘yun 匝za 栽zai 咱zan 赃zang 遭zao 责ze 贼zei 怎zen 增zeng 扎zha 摘zhai 瞻zhan 樟zhang 招zhao 遮zhe
珍zhen 蒸zheng 芝zhi 中zhong 舟zhou 珠zhu 抓zhua 拽zhuai 专zhuan 桩zhuang 椎zhui 谆zhun 捉zhuo 兹zi 鬃zong 邹zou 租zu
钻zuan 嘴zui 尊zun 昨zuo
"""
_FIRST_BYTE, _LAST_BYTE, _LAST_OF_ALL = 0xB0, 0xD7, 0xD7F9
# Syllables that many people do not tell apart.
_MERGED = (("zh", "z"), ("ch", "c"), ("sh", "s"), ("ing", "in"), ("eng", "en"), ("ang", "an"))
# Characters that look alike, or are mixed up for their meaning.
_ALIKE = """
己已巳以 末未 昌冒 扬场肠杨汤 准淮 暖暧 晓哓绕浇烧 晴睛情清请精 拔拨 侯候 历厉励 士土 人入八 日曰目 天夭 千干于 大太犬
鸟乌 戊戌戍 辨辩辫 坐座 住往 今令 折拆析 外处 师帅 免兔晚 宜宣 享亨 间问闻 要耍 贷货 贪贫 持待特侍诗 治冶 圆园员
抱跑炮泡饱 狠狼很恨 根跟 幕墓慕暮 壁璧 栽裁载 喝渴竭揭 消稍悄宵销削 列烈裂例 燥躁澡操噪 梁粱 陪赔培倍部 蓝篮 底低抵
刻该咳核孩 构购沟钩 轻经径劲 读续卖 城诚成盛 洒酒 午牛 申甲由 自白百 设没役 代伐 仓仑 竟竞 拘苟句 卷券 赢嬴 密蜜
防妨访仿纺 峰锋蜂 采彩菜 检捡险验俭 材村 杆秆 提题 漂飘 决绝 仪议义 稿搞 帖贴 凉惊谅 壮状 孤狐弧 纯钝 侵浸 悔海梅敏
炼练拣 距拒 巨臣 冲仲种 洋样详 锻煅 即既 具俱 籍藉 带戴 象像橡 作做 帐账 定订 需须 哪那 到倒 反返 份分 尝常 在再 因应
的地得 他她它 必毕 向像 和合 记计 辈背 受授 权全 至致 急及 辍缀 驰弛 侧测 概慨 综踪 枢框 师狮 教校 绍召 讯训迅 廷延
徒徙 肓盲 沾粘 溢益
"""


class ChineseSounds:
    """Knows what a character may be mistaken for."""

    def taken_for(self, char: str) -> str:
        """Give the characters that one may have been meant to be, each once and not itself; "" for a rare one."""
        found = dict.fromkeys(self._look_alike.get(char, ()))
        for syllable in self._near(self._syllable_of.get(char, "")):
            found.update(dict.fromkeys(self._of_syllable.get(syllable, ())))
        found.pop(char, None)
        return "".join(found)

    def syllable(self, char: str) -> str:
        """Give the sound of a character in pinyin without its tone; "" where it is not known."""
        return self._syllable_of.get(char, "")

    @cached_property
    def _look_alike(self) -> dict[str, str]:
        groups: dict[str, str] = {}
        for group in _ALIKE.split():
            for char in group:
                groups[char] = groups.get(char, "") + group
        return groups

    @cached_property
    def _syllable_of(self) -> dict[str, str]:
        return {char: syllable for syllable, chars in self._of_syllable.items() for char in chars}

    @cached_property
    def _of_syllable(self) -> dict[str, str]:
        firsts = {entry[0]: entry[1:] for entry in _FIRSTS.split()}
        found: dict[str, str] = {}
        syllable = ""
        for char in _in_order():
            syllable = firsts.get(char, syllable)
            found[syllable] = found.get(syllable, "") + char
        return found

    def _near(self, syllable: str) -> Iterator[str]:
        """Give a syllable and those that are not told apart from it."""
        if not syllable:
            return
        yield syllable
        for one, other in _MERGED:
            if one[0] in "zcs":
                if syllable.startswith(one):
                    yield other + syllable[len(one) :]
                elif syllable.startswith(other) and not syllable.startswith(one):
                    yield one + syllable[len(other) :]
            elif syllable.endswith(one):
                yield syllable[: -len(one)] + other
            elif syllable.endswith(other):
                yield syllable[: -len(other)] + one


def _in_order() -> Iterator[str]:
    for high in range(_FIRST_BYTE, _LAST_BYTE + 1):
        for low in range(0xA1, 0xFF):
            if high << 8 | low <= _LAST_OF_ALL:
                yield bytes((high, low)).decode("gb2312")
