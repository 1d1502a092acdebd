"""The id of a model stands in one place: two would part when one of them is changed."""

import ast
from pathlib import Path

import pytest

from desktop import model_ids

PACKAGE = Path(model_ids.__file__).parent


@pytest.mark.parametrize("model_id", [model_ids.ENCODER_ID, model_ids.ROUTER_ID])
def test_an_id_is_written_once(model_id: str) -> None:
    found = [
        path.relative_to(PACKAGE).as_posix()
        for path in sorted(PACKAGE.rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and node.value == model_id
    ]
    assert found == ["model_ids.py"]
