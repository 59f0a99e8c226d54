"""YAML that nobody vouches for, as texts, lists and mappings.

The parser of PyYAML is used for its events alone: what makes objects of them follows the text as
deep as it goes, which ends the process, merges mappings, and counts numbers of any length.
"""

from __future__ import annotations

from typing import Any

import yaml  # type: ignore[import-untyped]

_DEEPEST = 50
_MOST_ALIASES = 10_000
_Loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


class RefusedYaml(Exception):
    """The text is no YAML, or none that is read here."""


def read_yaml(raw: bytes) -> Any:
    """The first document of a text; every scalar is a text, and tags mean nothing.

    What an alias names is there once, however often it is named: whoever walks through the result
    must not unfold it.

    Parameters:
        raw: the text.

    Raises:
        RefusedYaml: it is no YAML, too deep, or holds very many aliases.
    """
    try:
        return _built(yaml.parse(raw, _Loader))
    except (yaml.YAMLError, ValueError, RecursionError, MemoryError) as error:
        raise RefusedYaml("It is no YAML.") from error


def _built(events: Any) -> Any:
    result: Any = None
    anchors: dict[str, Any] = {}
    aliases = 0
    open_ones: list[tuple[Any, list[Any]]] = []  # a list or mapping, and the key that waits
    for event in events:
        if isinstance(event, (yaml.MappingEndEvent, yaml.SequenceEndEvent)):
            open_ones.pop()
            continue
        if isinstance(event, yaml.DocumentEndEvent):
            return result
        if isinstance(event, yaml.AliasEvent):
            aliases += 1
            if aliases > _MOST_ALIASES:
                raise RefusedYaml(f"It holds more than {_MOST_ALIASES} aliases.")
            value = anchors.get(event.anchor)
        elif isinstance(event, yaml.ScalarEvent):
            value = event.value
        elif isinstance(event, yaml.MappingStartEvent):
            value = {}
        elif isinstance(event, yaml.SequenceStartEvent):
            value = []
        else:
            continue
        if getattr(event, "anchor", None) and not isinstance(event, yaml.AliasEvent):
            anchors[event.anchor] = value
        if open_ones:
            _add(*open_ones[-1], value)
        else:
            result = value
        if isinstance(event, (yaml.MappingStartEvent, yaml.SequenceStartEvent)):
            if len(open_ones) >= _DEEPEST:
                raise RefusedYaml(f"It is more than {_DEEPEST} levels deep.")
            open_ones.append((value, []))
    return result


def _add(container: Any, waiting: list[Any], value: Any) -> None:
    if isinstance(container, list):
        container.append(value)
    elif not waiting:
        waiting.append(value)
    else:
        key = waiting.pop()
        # Only a text is a key; what another key would hold is nothing that is looked for.
        if isinstance(key, str):
            container[key] = value
