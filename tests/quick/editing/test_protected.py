import pytest

from desktop.quick.editing.protected import protected, touches

TEXTS = {
    "Dear Mr Zheng, the Qwen3-0.6B-Q8_0.gguf file dont load.": {"Qwen3-0.6B-Q8_0.gguf"},
    "The dosage is 5 mg/kg qd and the adress is new.": {"mg", "kg", "qd"},
    "My user name is jsmth42 and the hashtag is #ootd, thier site is foo.io.": {"jsmth42", "#ootd", "foo.io"},
    "See https://exmaple.org/teh/path and mail jonh@exmaple.org about the recieve() function.": {
        "https://exmaple.org/teh/path",
        "jonh@exmaple.org",
        "recieve()",
    },
    "Restart nginx on srv-db02 and read the .env file.": {"srv-db02", ".env"},
    "user_id and maxRetries is set in config.yaml": {"user_id", "maxRetries", "config.yaml"},
    "Run `pip instal foo` or ./buidl.sh --verbos": {"`pip instal foo`", "./buidl.sh", "--verbos"},
    "It weighs 5kg, costs 20USD and needs v2.10.1.": {"5kg", "20USD", "v2.10.1"},
    "Ask the IRS or the U.S. embassy about form 16e.": {"IRS", "U.S.", "16e"},
    "Push to the branch called hotfx and tell @jkowalsk.": {"hotfx", "@jkowalsk"},
    "It reads C:\\Usrs\\me\\notez.txt and ~/.bashrc here.": {"C:\\Usrs\\me\\notez.txt", "~/.bashrc"},
    "The libfoo-dev package is at github.com/acme/qfetch now.": {"libfoo-dev", "github.com/acme/qfetch"},
    "Install wgett and crul, then pip install numppy==2.1.0.": {"numppy==2.1.0"},
    "The host is called bsrv and the password is swrdfsh.": {"bsrv", "swrdfsh"},
    "Open http://localhost:8080/helth and GET /api/v2/usres.": {"http://localhost:8080/helth", "/api/v2/usres"},
    "Take 2 tbsp, 10 ml and 3 kg; btw, gcc and npm do not care.": {"tbsp", "ml", "kg", "btw", "gcc", "npm"},
    "See RFC 2119, ISO-8859-1 and the WHO's PDFs.": {"RFC", "ISO-8859-1", "WHO", "PDFs"},
    "The variable is called nmae, and __init__.py sets it.": {"nmae", "__init__.py"},
    "Write to info@acme-gmbh.de or call ext. 4b2.": {"info@acme-gmbh.de", "4b2"},
    "Use #teamwrok and @lena_b on mastodon.social.": {"#teamwrok", "@lena_b"},
    "```\nfro i in rnage(3):\n```\nThis dont run.": {"fro i in rnage(3):"},
    "The formula $E = mc^2 + smth$ is old.": {"$E = mc^2 + smth$"},
    "Rename IMG_2041.JPG and lte-modem.ko.": {"IMG_2041.JPG"},
    "The iPhone and the eBay shop use macOS.": {"iPhone", "eBay", "macOS"},
    "执行 npm run biuld 前先看 README.md": {"npm", "README.md"},
    "变量是 usrname，文件名叫报表final2.xlsx": {"usrname", "final2.xlsx"},
    "联系 @小助手_01 或 service@kfu.com.cn": {"service@kfu.com.cn"},
    "请在 config.yaml 里把 max_retries 改成 3。": {"config.yaml", "max_retries"},
    "用户 lihua88 在 pay.foo.cn 上付款": {"lihua88", "pay.foo.cn"},
    "微信号是 wangxx，把《红楼梦》第3章的 PDF 传给他": {"wangxx", "《红楼梦》", "PDF"},
    "请下载 qw-tool_v3.2.zip，解压后运行setup.exe": {"qw-tool_v3.2.zip", "setup.exe"},
    "密码是abcd，服务器叫tiantan": {"abcd", "tiantan"},
    "重量5kg，发到help@qwtool.cn": {"kg", "help@qwtool.cn"},
    "执行 `rm -rf bulid` 再试": {"`rm -rf bulid`"},
}  # fmt: skip


@pytest.mark.parametrize("text", TEXTS)
def test_names_addresses_and_code_are_found(text: str) -> None:
    spans = protected(text)
    for name in TEXTS[text]:
        start = text.index(name)
        assert touches(start, start + len(name), spans), name


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("the file dont load.", "dont"),
        ("and the adress is new", "adress"),
        ("thier site is foo.io", "thier"),
        ("Why did my gym try it by the sky?", "gym"),
        ("I thnk it is right", "thnk"),
        ("她必竟还小，foo.io 打不开", "必竟"),
        ("The e-mail is there, and so am I", "e-mail"),
        ("He ran, fell and got up.Then", "fell"),
    ],
)
def test_words_are_not(text: str, word: str) -> None:
    start = text.index(word)
    assert not touches(start, start + len(word), protected(text))


def test_what_is_put_in_beside_a_name_does_not_touch_it() -> None:
    text = "see foo.io now"
    spans = protected(text)
    assert not touches(4, 4, spans)
    assert not touches(10, 10, spans)
    assert touches(6, 6, spans)
