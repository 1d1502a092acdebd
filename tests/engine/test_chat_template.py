"""Chat templates: what real ones need works, and hostile ones end soon, whatever they try."""

import json
import re
import subprocess
import sys
import threading
import tracemalloc
from pathlib import Path

import pytest

from desktop.engine import budget
from desktop.engine.budget import RenderingStopped
from desktop.engine.chat_template import ChatTemplate
from desktop.errors import BrokenModel

ASKED = [{"role": "user", "content": "Hello"}]
SMALL = {"_SIZE": 50_000, "_STEPS": 20_000}  # bounds that are met sooner than those of the product
LARGEST = 1 << 26  # bytes
LONGEST_S = 60  # of a child on a busy machine; unbounded, none of the heavy ones would end in it
BIG = "{% set x = 'a' * 40000 %}"
DOUBLED = "{% set ns = namespace(x=START) %}{% for i in range(60) %}{% set ns.x = STEP %}{% endfor %}"


def render(folder: Path, source: str, stopped: threading.Event | None = None) -> str:
    path = folder / "chat_template.jinja"
    path.write_text(source, encoding="utf-8")
    stopped = stopped or threading.Event()
    return ChatTemplate(path).render(ASKED, bos="<s>", eos="</s>", stopped=stopped.is_set)


def doubled(start: str, step: str) -> str:
    return DOUBLED.replace("START", start).replace("STEP", step)


LONG = {
    "loops": "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}",
    "loops with a test": "{% for a in range(99999) %}{% for b in range(99999) if b < 0 %}{% endfor %}{% endfor %}",
    "loops that write": "{% for a in range(99999) %}{% for b in range(99999) %}{{ b }}{% endfor %}{% endfor %}",
    "loops that look": "{% for a in range(9) %}{% for b in range(9999) %}{{ loop.last }}{% endfor %}{% endfor %}",
    "a recursive loop": "{% for a in [1, 2] recursive %}{{ loop([1, 2]) if loop.depth < 40 }}{% endfor %}",
    "macros": "{% macro m(n) %}{% if n %}{{ m(n - 1) }}{{ m(n - 1) }}{% endif %}{% endmacro %}{{ m(60) }}",
    "a macro without end": "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
    "blocks": "{% block b %}{{ self.b() }}{{ self.b() }}{% endblock %}",
    "a filter of tests": "{% set r = range(99999) | list %}{{ r | reject('in', r) | list }}",
    "map": "{% for a in range(99999) %}{{ range(99999) | map('string') | list }}{% endfor %}",
    "comparisons": "{% set r = [1] * 999 %}{% for a in r %}{% for b in r %}{{ r == r[:] }}{% endfor %}{% endfor %}",
    "sums of lists": "{% set r = range(9999) | map('list') %}{{ [[1]] * 99999 | sum(start=[]) }}",
}
LARGE = {
    "a product": "{{ 'a' * 10 ** 9 }}",
    "a product the other way round": "{{ 10 ** 9 * 'a' }}",
    "a product of lists": "{{ ([1] * 10 ** 9) | length }}",
    "products of products": "{{ (('a' * 90000) * 90000) | length }}",
    "a power": "{{ 10 ** (10 ** 9) }}",
    "powers of powers": "{{ 10 ** 99 ** 99 ** 99 ** 99 }}",
    "a power that is compared": "{% if 9 ** (9 ** 9) > 1 %}{% endif %}",
    "a constant in an attribute": "{{ ('a' * 10 ** 9).b }}",
    "a format": "{{ '%999999999d' % 1 }}",
    "a format with its width": "{{ '%*d' % (999999999, 1) }}",
    "a format method": "{{ '{:999999999}'.format(1) }}",
    "a format method with its width": "{{ '{:{w}}'.format(1, w=999999999) }}",
    "many fields": BIG + "{{ ('%s' * 90000) % ((x,) * 90000) }}",
    "many fields of one value": BIG + "{{ ('{0}' * 90000).format(x) }}",
    "a method": "{{ 'a'.ljust(10 ** 9) }}",
    "zeros": "{{ 'a'.zfill(10 ** 9) }}",
    "tabs": "{{ '\\t'.expandtabs(10 ** 9) }}",
    "a replacement": BIG + "{{ x.replace('a', x) }}",
    "a replacement of nothing": BIG + "{{ x.replace('', x) }}",
    "a replacing filter": BIG + "{{ x | replace('a', x) }}",
    "a replacing filter with names": BIG + "{{ x | replace(new=x, old='a') }}",
    "a join": BIG + "{{ x.join(x) }}",
    "a joining filter": BIG + "{{ x | join(x) }}",
    "a join of big ones": BIG + "{{ [x, x, x, x, x, x, x] * 90000 | join }}",
    "an indent": "{{ ('\\n' * 40000) | indent(99999) }}",
    "an indent with names": "{{ ('\\n' * 40000) | indent(blank=true, width=99999) }}",
    "an indent by a text": BIG + "{{ ('\\n' * 40000) | indent(x, blank=true) }}",
    "a centre": "{{ 'a' | center(10 ** 9) }}",
    "batches": "{{ [1] | batch(10 ** 9, 'a') | list }}",
    "slices": "{{ [1] | slice(10 ** 9) | list }}",
    "a range": "{{ range(10 ** 9) | list }}",
    "filler": "{{ lipsum(n=10 ** 6) }}",
    "bytes of a number": "{{ (1).to_bytes(10 ** 9, 'big') }}",
    "JSON": "{{ [[[1]]] * 9999 | tojson(indent=10 ** 9) }}",
    "a date": "{{ strftime_now('%c' * 99999) }}",
    "doubling by ~": doubled("'a'", "ns.x ~ ns.x") + "{{ ns.x }}",
    "doubling by +": doubled("'a'", "ns.x + ns.x") + "{{ ns.x }}",
    "doubling lists": doubled("[1]", "ns.x + ns.x") + "{{ ns.x }}",
    "doubling by nesting": doubled("[1]", "[ns.x, ns.x]") + "{{ ns.x }}",
    "doubling by nested tables": doubled("{}", "{'a': ns.x, 'b': ns.x}") + "{{ ns.x | tojson }}",
    "doubling by nested pairs": doubled("(1,)", "(ns.x, ns.x)") + "{{ ns.x | string }}",
    "doubling by dict": doubled("{}", "dict(a=ns.x, b=ns.x)") + "{{ ns.x | string }}",
    "doubling nested and compared": doubled("[1]", "[ns.x, ns.x]") + "{{ ns.x == 1 }}",
    "doubling by a block": doubled("'a'", "ns.x") + "{% set x = 'aaaa' %}"
    + "".join("{% set x %}{{ x }}{{ x }}{{ x }}{{ x }}{% endset %}" for _ in range(30)) + "{{ x }}",
    "doubling by a macro": "{% macro m(x) %}{{ x }}{{ x }}{% endmacro %}" + doubled("'a'", "m(ns.x)") + "{{ ns.x }}",
    "doubling by a filter block": BIG + "{% filter upper %}{{ x }}{{ x }}{{ x }}{{ x }}{% endfilter %}",
    "arguments": BIG + "{% macro m() %}{{ varargs }}{% endmacro %}{{ m(*([x] * 90000)) }}",
    "namespaces in each other": "{% set a = namespace() %}{% set b = namespace() %}{% set a.x = [b, b] %}{{ [a] }}",
    "many texts kept": BIG + "".join(f"{{% set y{n} = x ~ {n} %}}" for n in range(2500)),
    "much written": BIG + "{% for i in range(99999) %}{{ x }}{% endfor %}",
    "escapes": "{{ ('&' * 49999) | escape }}",
    "deep brackets": "{{ " + "(" * 5000 + ")" * 5000 + " }}",
    "deep blocks": "{% if 1 %}" * 3000 + "{% endif %}" * 3000,
    "a long source": "a" * (1 << 19),
}  # fmt: skip

HEAVY = {  # each one operation of Python's, which nothing interrupts: at the bounds of the product
    "colons": "{% set p = ':' * 400000 %}{{ p.format() }}",
    "braces": "{% set p = '{' * 400000 %}{{ p.format() }}",
    "rfind": "{% set s = 'a' * 600000 %}{% set p = 'ab' ~ ('a' * 150000) %}{{ s.rfind(p) }}",
    "rindex": "{% set s = 'a' * 600000 %}{% set p = 'ab' ~ ('a' * 150000) %}{{ s.rindex(p) }}",
    "rsplit": "{% set s = 'a' * 600000 %}{% set p = 'ab' ~ ('a' * 100000) %}{{ s.rsplit(p) | length }}",
    "rsplit by name": "{% set s = 'a' * 600000 %}{% set p = 'ab' ~ ('a' * 100000) %}{{ s.rsplit(sep=p) | length }}",
    "rpartition": "{% set s = 'a' * 600000 %}{% set p = 'ab' ~ ('a' * 150000) %}{{ s.rpartition(p) | length }}",
    "strip": "{% set s = 'é' * 500000 %}{% set p = 'ā' * 400000 ~ 'é' %}{{ s.strip(p) }}",
    "trim": "{% set s = 'é' * 500000 %}{% set p = 'ā' * 400000 ~ 'é' %}{{ s | trim(p) }}",
    "separators": "{{ range(40000) | list | tojson(separators=('x' * 100000, ':')) | length }}",
    "a list that joins": "{{ range(40000) | list | join(['x' * 100000]) | length }}",
    "a replacement in a list": "{{ ['a' * 40000] | replace('a', 'x' * 100000) | length }}",
    "a list as replacement": "{{ ('a' * 40000) | replace('a', ['x' * 100000]) | length }}",
    "precisions": "{% set p = '{0:.9999f}' * 20000 %}{{ p.format(1e300) | length }}",
    "widths": "{% set p = '{0:9999}' * 30000 %}{{ p.format(1) | length }}",
    "precisions of %": "{% set p = '%.9999f' * 20000 %}{{ (p % ((1e300,) * 20000)) | length }}",
    "widths of %": "{% set p = '%(a)9999d' * 100000 %}{{ (p % {'a': 1}) | length }}",
    "long numbers": "{{ [2 ** 4095] * 190000 }}",
    "a range of long numbers": "{{ range(2 ** 4000, 2 ** 4000 + 99999) | join }}",
    "an attribute of many parts": "{{ ([{'a': 1}] * 4000) | sort(attribute='a,' * 40000) | length }}",
    "an attribute of an attribute": "{{ ([{'a': 1}] * 4000) | map(attribute='a.' * 40000 ~ 'a') | list | length }}",
    "comparisons in a row": "{% set b = range(1, 90001) | map('float') | list %}"
    "{% set c = b[:] %}{{ " + " == ".join(["b", "c"] * 6000) + " }}",
    "keys of one hash": "{% set m = 2 ** 61 - 1 %}{% set ns = namespace(l=[]) %}{% for i in range(30) %}"
    "{% set b = i * 1000 * m %}{% set ns.l = ns.l + [" + ",".join(f"(b+{n}*m,0)" for n in range(1000)) + "] %}"
    "{% endfor %}{{ dict(ns.l) | length }}",
}  # fmt: skip
BOUND = """
import resource, sys
from pathlib import Path
from desktop.engine.chat_template import ChatTemplate
from desktop.errors import BrokenModel
template = ChatTemplate(Path(sys.argv[1]))
resource.setrlimit(resource.RLIMIT_AS, (1 << 30, 1 << 30))
try:
    template.render([{"role": "user", "content": "Hello"}], bos="", eos="")
except BrokenModel as error:
    sys.exit("no memory" if isinstance(error.__cause__, MemoryError) else 0)
"""


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in SMALL.items():
        monkeypatch.setattr(budget, name, value)


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize("source", LONG.values(), ids=LONG.keys())
def test_a_template_that_goes_on_is_ended(tmp_path: Path, source: str) -> None:
    with pytest.raises(BrokenModel):  # without bounds it takes hours
        render(tmp_path, source)


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize("source", LARGE.values(), ids=LARGE.keys())
def test_a_template_that_grows_is_ended(tmp_path: Path, source: str) -> None:
    tracemalloc.start()
    try:
        with pytest.raises(BrokenModel) as raised:
            render(tmp_path, source)
        assert tracemalloc.get_traced_memory()[1] < LARGEST
    finally:
        tracemalloc.stop()
    assert len(str(raised.value)) < 500 + len(str(tmp_path))


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux limits the memory of a process for sure")
@pytest.mark.parametrize("source", HEAVY.values(), ids=HEAVY.keys())
def test_a_template_whose_single_operation_is_heavy_is_ended(tmp_path: Path, source: str) -> None:
    path = tmp_path / "chat_template.jinja"
    path.write_text(source, encoding="utf-8")
    done = subprocess.run([sys.executable, "-c", BOUND, path], capture_output=True, text=True, timeout=LONGEST_S)
    assert (done.returncode, done.stderr) == (0, "")


def test_a_template_that_is_slow_is_ended(tmp_path: Path) -> None:
    path = tmp_path / "chat_template.jinja"
    path.write_text("{% for m in messages %}{{ m.content }}{% endfor %}", encoding="utf-8")
    times = iter(range(1000))  # seconds
    with pytest.raises(BrokenModel, match="it takes too long"):
        ChatTemplate(path, clock=lambda: next(times)).render(ASKED * 100, bos="", eos="")


def test_a_stop_is_seen_while_a_template_runs(tmp_path: Path) -> None:
    stop = threading.Event()
    looks = iter(range(1000))

    class Stop(threading.Event):
        def is_set(self) -> bool:
            if next(looks) == 500:
                stop.set()
            return stop.is_set()

    with pytest.raises(RenderingStopped):
        render(tmp_path, LONG["loops"], Stop())


@pytest.mark.parametrize(
    "source",
    [
        "{{ messages.append(1) }}",
        "{{ ''.__class__.__mro__ }}",
        "{{ messages.append.__self__ }}",
        "{{ raise_exception._function }}",
        "{{ 'a'.format_map({}) }}",
        "{{ '{0.__class__}'.format(1) }}",
        "{{ messages | map(attribute='__class__') | list }}",
        "{{ self._TemplateReference__context }}{{ self.x() }}",
        "{% include 'other' %}",
        "{{ loop() }}",
        "{{ messages() }}",
        "{{ namespace }}",
        "{{ [range] }}",
    ],
)
def test_a_template_reaches_nothing_but_its_conversation(tmp_path: Path, source: str) -> None:
    try:
        text = render(tmp_path, source)
    except BrokenModel:
        return
    assert re.fullmatch(r"(\[?Undefined\]?)?", text)


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("{% for m in messages %}{{ m.role }}: {{ m['content'] | trim }}{% endfor %}", "user: Hello"),
        ("{% for m in messages %}{{ loop.index0 }}{{ loop.last }}{{ loop.length }}{% endfor %}", "0True1"),
        ("{% for a, b in {'x': 1}.items() if b %}{{ a ~ b }}{% endfor %}", "x1"),
        ("{% set ns = namespace(n=0) %}{% for m in messages %}{% set ns.n = ns.n + 1 %}{% endfor %}{{ ns.n }}", "1"),
        ("{% macro m(x, y='z') %}<{{ x }}{{ y }}>{% endmacro %}{{ m('a') }}{{ m('a', y='b') }}", "<az><ab>"),
        ("{% macro m() %}({{ caller() }}){% endmacro %}{% call m() %}x{% endcall %}", "(x)"),
        ("{% for a in [1, [2]] recursive %}{{ loop(a) if a is iterable else a }}{% endfor %}", "12"),
        ("{% set x %}a{{ bos_token }}{% endset %}{{ x }}{{ eos_token }}", "a<s></s>"),
        ("{% filter upper %}a{% endfilter %}{% if messages[0].missing is defined %}b{% endif %}", "A"),
        ("{{ messages[0].content.split('l')[-1] }}{{ 'a,b'.split(',') | join('-') }}{{ messages[1:] }}", "oa-b[]"),
        ("{{ {'a': 'é<', 'b': [1]} | tojson }}{{ [1] | tojson(indent=2) }}", '{"a": "é<", "b": [1]}[\n  1\n]'),
        ("{{ '%s-%d' % ('a', 3) }}{{ '{:>3}'.format('b') }}{{ 'c' * 3 }}", "a-3  bccc"),
        ("{{ messages | selectattr('role', 'equalto', 'user') | map(attribute='content') | first }}", "Hello"),
        ("{{ messages | map(attribute='content') | list | length }}{{ [3, 1] | sort }}{{ [1, 2] | sum }}", "1[1, 3]3"),
        ("{{ 'a\nb' | indent(2) }}{{ 'a.b'.replace('.', '') }}{{ 'x' | default('y') }}{{ z | default('y') }}",
         "a\n  babxy"),
        ("{% for m in messages[::-1] %}{{ messages | length - 1 - loop.index0 }}{{ loop.first }}{% endfor %}", "0True"),
        ("{% for n in range(3) %}{% if n == 1 %}{% continue %}{% endif %}{{ n }}{% endfor %}", "02"),
        ("{{ (messages[0].content if bos_token else '')[:2] }}{{ 7 // 2 }}{{ 7 % 4 }}{{ 2 ** 3 }}", "He338"),
        ("{{ 'Name: {}, {{{:>4.1f}}}'.format('a', 2) }}{{ 'a:b'.rsplit(':', 1)[1] }}{{ ' a '.strip(' ') }}",
         "Name: a, { 2.0}ba"),
        ("{{ {'a': 1} | tojson(separators=(',', ':')) }}{{ dict({'a': 1}, b=2) | length }}{{ 1 < 2 < 3 }}",
         '{"a":1}2True'),
        ("{% generation %}{% set x = 'a' %}{{ x }}{% endgeneration %}{{ x }}", "aa"),
        ("a{%- generation -%} b {%- endgeneration -%} c", "abc"),
        ("{{ messages | groupby('role') | map(attribute='grouper') | join }}{{ cycler('a', 'b').next() }}", "usera"),
    ],
)  # fmt: skip
def test_what_templates_of_models_use_works(tmp_path: Path, source: str, text: str) -> None:
    assert render(tmp_path, source) == text


def test_a_long_conversation_is_written_whole(tmp_path: Path) -> None:
    path = tmp_path / "chat_template.jinja"
    path.write_text("{% for m in messages %}<{{ m.role }}>{{ m.content | trim }}\n{% endfor %}", encoding="utf-8")
    messages = [{"role": "user", "content": f"{number} {'word ' * 600}"} for number in range(2000)]
    text = ChatTemplate(path).render(messages, bos="", eos="")
    assert text == "".join(f"<user>{message['content'].strip()}\n" for message in messages)


def test_json_is_what_python_reads(tmp_path: Path) -> None:
    assert json.loads(render(tmp_path, "{{ messages | tojson }}")) == ASKED


@pytest.mark.parametrize("source", ["{{ raise_exception('no') }}", "nothing of it", "{{ undefined.attribute }}"])
def test_a_template_that_can_never_ask_is_found_by_trying_it(tmp_path: Path, source: str) -> None:
    path = tmp_path / "chat_template.jinja"
    path.write_text(source, encoding="utf-8")
    with pytest.raises(BrokenModel):
        ChatTemplate(path).try_out(bos="", eos="")
