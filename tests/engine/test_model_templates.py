"""Templates in the manner of today's models render in the sandbox: what each of them needs of jinja2 and of us."""

from datetime import datetime
from pathlib import Path

import pytest

from desktop.engine.chat_template import ChatTemplate
from desktop.errors import BrokenModel

Conversation = list[dict[str, str]]

QWEN_2_5 = """
{%- if tools %}{{- '<|im_start|>system\\n' }}{%- for tool in tools %}{{- tool | tojson }}{%- endfor %}
{%- else %}
  {%- if messages[0]['role'] == 'system' %}{{- '<|im_start|>system\\n' + messages[0]['content'] + '<|im_end|>\\n' }}
  {%- else %}{{- '<|im_start|>system\\nYou are Qwen.<|im_end|>\\n' }}{%- endif %}
{%- endif %}
{%- for message in messages %}
  {%- if (message.role == 'user') or (message.role == 'system' and not loop.first)
      or (message.role == 'assistant' and not message.tool_calls) %}
    {{- '<|im_start|>' + message.role + '\\n' + message.content + '<|im_end|>' + '\\n' }}
  {%- elif message.role == 'tool' %}{{- raise_exception('no tools here') }}
  {%- endif %}
{%- endfor %}
{%- if add_generation_prompt %}{{- '<|im_start|>assistant\\n' }}{%- endif %}
"""
QWEN_3 = """
{%- if messages[0].role == 'system' %}{{- '<|im_start|>system\\n' + messages[0].content + '<|im_end|>\\n' }}{%- endif %}
{%- set ns = namespace(searching=true, last=messages|length - 1) %}
{%- for message in messages[::-1] %}
  {%- set index = (messages|length - 1) - loop.index0 %}
  {%- if ns.searching and message.role == 'user' and message.content is string and not
      (message.content.startswith('<tool_response>') and message.content.endswith('</tool_response>')) %}
    {%- set ns.searching = false %}{%- set ns.last = index %}
  {%- endif %}
{%- endfor %}
{%- for message in messages %}
  {%- if message.content is string %}{%- set content = message.content %}{%- else %}{%- set content = '' %}{%- endif %}
  {%- if message.role == 'user' or (message.role == 'system' and not loop.first) %}
    {{- '<|im_start|>' + message.role + '\\n' + content + '<|im_end|>' + '\\n' }}
  {%- elif message.role == 'assistant' %}
    {%- set thought = '' %}
    {%- if message.reasoning_content is string %}{%- set thought = message.reasoning_content %}
    {%- elif '</think>' in content %}
      {%- set thought = content.split('</think>')[0].rstrip('\\n').split('<think>')[-1].lstrip('\\n') %}
      {%- set content = content.split('</think>')[-1].lstrip('\\n') %}
    {%- endif %}
    {%- if loop.index0 > ns.last and (loop.last or thought) %}
      {{- '<|im_start|>assistant\\n<think>\\n' + thought.strip('\\n') + '\\n</think>\\n\\n' + content }}
    {%- else %}{{- '<|im_start|>assistant\\n' + content }}{%- endif %}
    {{- '<|im_end|>\\n' }}
  {%- endif %}
{%- endfor %}
{%- if add_generation_prompt %}
  {{- '<|im_start|>assistant\\n' }}
  {%- if enable_thinking is defined and enable_thinking is false %}{{- '<think>\\n\\n</think>\\n\\n' }}{%- endif %}
{%- endif %}
"""
GEMMA_3 = """
{{- bos_token -}}
{%- if messages[0]['role'] == 'system' -%}
  {%- if messages[0]['content'] is string -%}{%- set prefix = messages[0]['content'] + '\\n\\n' -%}
  {%- else -%}{%- set prefix = messages[0]['content'][0]['text'] + '\\n\\n' -%}{%- endif -%}
  {%- set turns = messages[1:] -%}
{%- else -%}{%- set prefix = '' -%}{%- set turns = messages -%}{%- endif -%}
{%- for message in turns -%}
  {%- if (message['role'] == 'user') != (loop.index0 % 2 == 0) -%}
    {{ raise_exception('roles must alternate') }}
  {%- endif -%}
  {%- set role = 'model' if message['role'] == 'assistant' else message['role'] -%}
  {{ '<start_of_turn>' + role + '\\n' + (prefix if loop.first else '') }}
  {%- if message['content'] is string -%}{{ message['content'] | trim }}
  {%- elif message['content'] is iterable -%}
    {%- for item in message['content'] -%}{{ item['text'] | trim if item['type'] == 'text' }}{%- endfor -%}
  {%- endif -%}
  {{ '<end_of_turn>\\n' }}
{%- endfor -%}
{%- if add_generation_prompt -%}{{ '<start_of_turn>model\\n' }}{%- endif -%}
"""
GEMMA_2 = """
{{- bos_token }}{% if messages[0]['role'] == 'system' %}{{ raise_exception('System role not supported') }}{% endif %}
{%- for message in messages %}
  {%- if (message['role'] == 'user') != (loop.index0 % 2 == 0) %}
    {{- raise_exception('roles must alternate') }}
  {%- endif %}
  {{- '<start_of_turn>' + message['role'] + '\\n' + message['content'] | trim + '<end_of_turn>\\n' }}
{%- endfor %}{{- '<start_of_turn>model\\n' if add_generation_prompt }}
"""
LLAMA_3 = """
{{- bos_token }}
{%- if custom_tools is defined %}{%- set tools = custom_tools %}{%- endif %}
{%- if not tools_in_user_message is defined %}{%- set tools_in_user_message = true %}{%- endif %}
{%- if not date_string is defined %}
  {%- if strftime_now is defined %}{%- set date_string = strftime_now('%d %b %Y') %}
  {%- else %}{%- set date_string = '26 Jul 2024' %}{%- endif %}
{%- endif %}
{%- if not tools is defined %}{%- set tools = none %}{%- endif %}
{%- if messages[0]['role'] == 'system' %}
  {%- set system_message = messages[0]['content'] | trim %}{%- set messages = messages[1:] %}
{%- else %}{%- set system_message = '' %}{%- endif %}
{{- '<|start_header_id|>system<|end_header_id|>\\n\\n' }}
{%- if tools is not none %}{{- 'Environment: ipython\\n' }}{%- endif %}
{{- 'Today Date: ' + date_string + '\\n\\n' + system_message + '<|eot_id|>' }}
{%- for message in messages %}
  {%- if not (message.role == 'ipython' or message.role == 'tool' or 'tool_calls' in message) %}
    {{- '<|start_header_id|>' + message['role'] + '<|end_header_id|>\\n\\n' }}
    {{- message['content'] | trim + '<|eot_id|>' }}
  {%- elif 'tool_calls' in message %}
    {%- if not message.tool_calls | length == 1 %}{{- raise_exception('one call at a time') }}{%- endif %}
  {%- endif %}
{%- endfor %}
{%- if add_generation_prompt %}{{- '<|start_header_id|>assistant<|end_header_id|>\\n\\n' }}{%- endif %}
"""
SMOLLM_3 = """
{%- if enable_thinking is not defined %}{%- set enable_thinking = true %}{%- endif %}
{%- set mode = '/think' if enable_thinking else '/no_think' %}
{{- '<|im_start|>system\\n' }}
{%- if messages[0].role == 'system' %}
  {%- set said = messages[0].content %}
  {%- if '/no_think' in said %}{%- set mode = '/no_think' %}{%- endif %}
  {%- set custom = said.replace('/no_think', '').replace('/think', '').rstrip() %}
{%- endif %}
{%- set today = strftime_now('%d %B %Y') %}
{{- 'Today Date: ' ~ today ~ '\\nReasoning Mode: ' + mode + '\\n\\n' }}
{%- if custom %}{{- custom + '\\n\\n' }}{%- endif %}
{%- if xml_tools or python_tools or tools %}
  {%- set ns = namespace(xml='') %}
  {%- for tool in (xml_tools or tools)[:] %}{%- set ns.xml = ns.xml ~ (tool | string) ~ '\\n' %}{%- endfor %}
  {{- ns.xml }}
{%- endif %}
{{- '<|im_end|>\\n' }}
{%- for message in messages %}
  {%- set content = message.content if message.content is string else '' %}
  {%- if message.role == 'user' %}{{- '<|im_start|>' + message.role + '\\n' + content + '<|im_end|>\\n' }}
  {%- elif message.role == 'assistant' %}
    {% generation %}
    {%- if mode == '/think' %}{{- '<|im_start|>assistant\\n' + content.lstrip('\\n') + '<|im_end|>\\n' }}
    {%- else %}
      {{- '<|im_start|>assistant\\n<think>\\n\\n</think>\\n' + content.lstrip('\\n') + '<|im_end|>\\n' }}
    {%- endif %}
    {% endgeneration %}
  {%- endif %}
{%- endfor %}
{%- if add_generation_prompt %}
  {%- if mode == '/think' %}{{ '<|im_start|>assistant\\n' }}
  {%- else %}{{ '<|im_start|>assistant\\n<think>\\n\\n</think>\\n' }}{%- endif %}
{%- endif %}
"""
PHI_4_MINI = """
{%- for message in messages %}
  {%- if message['role'] == 'system' and 'tools' in message and message['tools'] is not none %}
    {{- '<|system|>' + message['content'] + '<|tool|>' + message['tools'] + '<|/tool|><|end|>' }}
  {%- else %}{{- '<|' + message['role'] + '|>' + message['content'] + '<|end|>' }}{%- endif %}
{%- endfor %}
{%- if add_generation_prompt %}{{- '<|assistant|>' }}{%- else %}{{- eos_token }}{%- endif %}
"""
MISTRAL = """
{%- if messages[0]['role'] == 'system' %}
  {%- set system_message = messages[0]['content'] %}{%- set loop_messages = messages[1:] %}
{%- else %}{%- set loop_messages = messages %}{%- endif %}
{%- if not tools is defined %}{%- set tools = none %}{%- endif %}
{%- set user_messages = loop_messages | selectattr('role', 'equalto', 'user') | list %}
{%- set ns = namespace(index=0) %}
{%- for message in loop_messages %}
  {%- if not (message.role == 'tool' or (message.tool_calls is defined and message.tool_calls is not none)) %}
    {%- if (message['role'] == 'user') != (ns.index % 2 == 0) %}
      {{- raise_exception('roles must alternate') }}
    {%- endif %}
    {%- set ns.index = ns.index + 1 %}
  {%- endif %}
{%- endfor %}
{{- bos_token }}
{%- for message in loop_messages %}
  {%- if message['role'] == 'user' %}
    {%- if tools is not none and (message == user_messages[-1]) %}{{- '[AVAILABLE_TOOLS]' }}{%- endif %}
    {%- if loop.last and system_message is defined %}
      {{- '[INST] ' + system_message + '\\n\\n' + message['content'] + '[/INST]' }}
    {%- else %}{{- '[INST] ' + message['content'] + '[/INST]' }}{%- endif %}
  {%- elif message['role'] == 'assistant' %}{{- ' ' + message['content'] | trim + eos_token }}
  {%- else %}{{- raise_exception('only user and assistant are supported') }}{%- endif %}
{%- endfor %}
"""
MINICPM_4 = """
{%- macro turn(role, content) %}{{ '<|im_start|>' + role + '\\n' + content + '<|im_end|>\\n' }}{% endmacro %}
{%- for message in messages %}
  {%- if message.content is not string %}{%- continue %}{%- endif %}
  {{- turn(message.role, message.content) }}
{%- endfor %}
{%- if add_generation_prompt %}{{- '<|im_start|>assistant\\n' }}
  {%- if enable_thinking is defined %}
    {%- if enable_thinking is false %}{{- '<think>\\n\\n</think>\\n\\n' }}
    {%- elif enable_thinking is true %}{{- '<think>\\n' }}{%- endif %}
  {%- endif %}
{%- endif %}
"""
DEEPSEEK_R1 = """
{%- if not add_generation_prompt is defined %}{%- set add_generation_prompt = false %}{%- endif %}
{%- set ns = namespace(is_first=false, is_tool=false, system_prompt='') %}
{%- for message in messages %}
  {%- if message['role'] == 'system' %}{%- set ns.system_prompt = message['content'] %}{%- endif %}
{%- endfor %}
{{- bos_token }}{{- ns.system_prompt }}
{%- for message in messages %}
  {%- if message['role'] == 'user' %}{%- set ns.is_tool = false %}{{- '<｜User｜>' + message['content'] }}{%- endif %}
  {%- if message['role'] == 'assistant' and message['content'] is not none %}
    {%- set content = message['content'] %}
    {%- if '</think>' in content %}{%- set content = content.split('</think>')[-1] %}{%- endif %}
    {{- '<｜Assistant｜>' + content + '<｜end▁of▁sentence｜>' }}
  {%- endif %}
{%- endfor %}
{%- if add_generation_prompt and not ns.is_tool %}{{- '<｜Assistant｜><think>\\n' }}{%- endif %}
"""
ALL = {
    "Qwen 2.5": QWEN_2_5,
    "Qwen 3": QWEN_3,
    "Gemma 3": GEMMA_3,
    "Gemma 2": GEMMA_2,
    "Llama 3": LLAMA_3,
    "SmolLM 3": SMOLLM_3,
    "Phi 4 mini": PHI_4_MINI,
    "Mistral": MISTRAL,
    "MiniCPM 4": MINICPM_4,
    "DeepSeek R1": DEEPSEEK_R1,
}
SYSTEM = {"role": "system", "content": "Answer in one word."}
ASKED = {"role": "user", "content": "Is “a < b” true?"}
ANSWERED = {"role": "assistant", "content": "Yes."}
AGAIN = {"role": "user", "content": "Sure?"}


def render(folder: Path, source: str, messages: Conversation, *, thinking: bool = False) -> str:
    path = folder / "chat_template.jinja"
    path.write_text(source.lstrip(), encoding="utf-8")
    return ChatTemplate(path).render(messages, bos="<bos>", eos="<eos>", thinking=thinking)


@pytest.mark.parametrize("model", ALL)
@pytest.mark.parametrize(
    "messages",
    [[ASKED], [SYSTEM, ASKED], [ASKED, ANSWERED, AGAIN], [SYSTEM, ASKED, ANSWERED, AGAIN], [SYSTEM, ASKED, AGAIN]],
    ids=["question", "system", "turns", "system and turns", "two questions"],
)
def test_all_that_was_said_stands_in_the_prompt_in_its_order(
    tmp_path: Path, model: str, messages: Conversation
) -> None:
    text = render(tmp_path, ALL[model], messages)
    places = [text.find(message["content"]) for message in messages]
    assert -1 not in places
    said = places[1:] if messages[0] is SYSTEM and model == "Mistral" else places  # which puts it before the last one
    assert said == sorted(said)
    assert "raise" not in text


def test_a_template_without_system_messages_gets_it_before_the_first_question(tmp_path: Path) -> None:
    assert render(tmp_path, GEMMA_2, [SYSTEM, ASKED]) == (
        "<bos><start_of_turn>user\nAnswer in one word.\n\nIs “a < b” true?<end_of_turn>\n<start_of_turn>model\n"
    )


def test_a_template_that_leaves_the_system_message_out_gets_it_so_too(tmp_path: Path) -> None:
    silent = "{% for m in messages if m.role != 'system' %}{{ m.role + ': ' + m.content }}{% endfor %}"
    assert render(tmp_path, silent, [SYSTEM, ASKED]) == "user: Answer in one word.\n\nIs “a < b” true?"


def test_questions_in_a_row_are_one_where_roles_must_take_turns(tmp_path: Path) -> None:
    text = render(tmp_path, GEMMA_3, [ASKED, AGAIN])
    assert text.count("<start_of_turn>user") == 1
    assert "Is “a < b” true?\n\nSure?<end_of_turn>" in text
    opened = render(tmp_path, GEMMA_2, [ANSWERED, AGAIN])
    assert opened.startswith("<bos><start_of_turn>user\n<end_of_turn>\n<start_of_turn>assistant\nYes.")


def test_what_a_template_refuses_in_any_form_is_told(tmp_path: Path) -> None:
    with pytest.raises(BrokenModel, match="never"):
        render(tmp_path, "{{ raise_exception('never') }}", [SYSTEM, ASKED])


@pytest.mark.parametrize("model", ["Qwen 3", "SmolLM 3", "MiniCPM 4"])
def test_thinking_is_off_unless_it_is_asked_for(tmp_path: Path, model: str) -> None:
    assert "<think>\n\n</think>" in render(tmp_path, ALL[model], [ASKED])
    assert "</think>" not in render(tmp_path, ALL[model], [ASKED], thinking=True)


def test_earlier_thoughts_are_cut_by_the_template(tmp_path: Path) -> None:
    thought = {"role": "assistant", "content": "<think>\nHm.\n</think>\n\nYes."}
    for model in ("Qwen 3", "DeepSeek R1"):
        text = render(tmp_path, ALL[model], [ASKED, thought, AGAIN])
        assert "Hm." not in text
        assert "Yes." in text


def test_the_date_is_that_of_today(tmp_path: Path) -> None:
    before = datetime.now().astimezone()
    text = render(tmp_path, LLAMA_3, [ASKED])
    dates = {moment.strftime("%d %b %Y") for moment in (before, datetime.now().astimezone())}
    assert any(f"Today Date: {date}" in text for date in dates)
    assert "Environment" not in text  # no tools are offered


def test_an_opened_thought_ends_the_prompt_of_models_that_always_think(tmp_path: Path) -> None:
    assert render(tmp_path, DEEPSEEK_R1, [ASKED]).endswith("<｜Assistant｜><think>\n")
