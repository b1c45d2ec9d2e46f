"""Whether a published schema only grew: what it took before, it takes still.

Speaks the part of JSON Schema that the contracts use; another keyword is an error, so that none
slips by unjudged.
"""

from collections.abc import Iterator, Mapping
from typing import Any

Schema = Mapping[str, Any]

#: What tells people about a value and judges none.
_SAID = {"$schema", "$id", "title", "description", "examples"}
#: A bound: whether the new one takes what the old one took.
_BOUNDS = {
    "maxLength": lambda old, new: old is not None and old <= new,
    "maxItems": lambda old, new: old is not None and old <= new,
    "minLength": lambda old, new: old is not None and old >= new,
    "minimum": lambda old, new: old is not None and old >= new,
    "pattern": lambda old, new: old == new,
    "format": lambda old, new: old == new,
    "type": lambda old, new: old == new,
}
_KNOWN = _SAID | _BOUNDS.keys()
_KNOWN |= {"anyOf", "enum", "const", "items", "properties", "required", "additionalProperties"}
_KNOWN |= {"default"}


def breaches(old: Schema, new: Schema) -> list[str]:
    """Each way in which the new schema of a message takes less, or means something else."""
    return list(_breaches(old, new, ""))


def withdrawn(old: Schema, new: Schema) -> list[str]:
    """Each way in which a message that goes out says less than its readers were once told.

    All that it says now must be what the old schema takes; fields that are new are no matter.
    """
    return breaches(_told_before(new, old), old)


def _told_before(new: Schema, old: Schema) -> Schema:
    """The new schema without the fields that the old one does not know."""
    kept = dict(new)
    if "properties" in new and "properties" in old:
        known = old["properties"]
        kept["properties"] = {
            name: _told_before(said, known[name])
            for name, said in new["properties"].items()
            if name in known
        }
        kept["required"] = [name for name in new.get("required", ()) if name in known]
    if "items" in new and "items" in old:
        kept["items"] = _told_before(new["items"], old["items"])
    return kept


def _breaches(old: Schema, new: Schema, at: str) -> Iterator[str]:
    _judge_known(old, at)
    _judge_known(new, at)
    before, now = _alternatives(old), _alternatives(new)
    for each in before:
        found = [list(_narrowed(each, other, at)) for other in now]
        if all(found):
            yield from min(found, key=len)
    if old.get("default") != new.get("default") or ("default" in old) != ("default" in new):
        yield f"{at}: its default changed"


def _judge_known(schema: Schema, at: str) -> None:
    if unknown := schema.keys() - _KNOWN:
        raise LookupError(f"{at}: nothing here judges {sorted(unknown)}")


def _alternatives(schema: Schema) -> list[Schema]:
    return list(schema["anyOf"]) if "anyOf" in schema else [schema]


def _narrowed(old: Schema, new: Schema, at: str) -> Iterator[str]:
    _judge_known(old, at)
    _judge_known(new, at)
    for keyword, takes in _BOUNDS.items():
        if keyword in new and not takes(old.get(keyword), new[keyword]):
            yield f"{at}: {keyword} takes less"
    if (allowed := _terms(new)) is not None and not (_terms(old) or {None}) <= allowed:
        yield f"{at}: a term is gone"
    if "items" in new:
        yield from _breaches(old.get("items", {}), new["items"], f"{at}[]")
    if "properties" in new:
        yield from _fields(old, new, at)


def _terms(schema: Schema) -> set[Any] | None:
    if "const" in schema:
        return {schema["const"]}
    return set(schema["enum"]) if "enum" in schema else None


def _fields(old: Schema, new: Schema, at: str) -> Iterator[str]:
    before, now = old.get("properties", {}), new["properties"]
    for name, said in before.items():
        if name not in now:
            yield f"{at}/{name}: it is gone"
        else:
            yield from _breaches(said, now[name], f"{at}/{name}")
    for name in new.get("required", ()):
        if name not in old.get("required", ()):
            yield f"{at}/{name}: it is required now"
    if new.get("additionalProperties") is False and old.get("additionalProperties") is not False:
        yield f"{at}: unknown fields are refused now"
