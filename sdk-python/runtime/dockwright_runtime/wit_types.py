"""The SDK's definitions as the world's: types become indexes of a table."""

from __future__ import annotations

import json
from typing import Any

from wit_world.imports import definitions as wit

from dagger.mod import definitions as sdk
from dockwright_runtime import paths

_PLAIN = {
    "string": wit.TypeDef_String,
    "integer": wit.TypeDef_Integer,
    "float": wit.TypeDef_Float,
    "boolean": wit.TypeDef_Boolean,
    "void": wit.TypeDef_Void,
}
_NAMED = {
    "scalar": wit.TypeDef_Scalar,
    "object": wit.TypeDef_Object,
    "interface": wit.TypeDef_Interface,
    "enum": wit.TypeDef_Enum,
    "input": wit.TypeDef_Input,
}
_OF = {"list": wit.TypeDef_List, "optional": wit.TypeDef_Optional}


def module_def(module: sdk.ModuleDef) -> wit.ModuleDef:
    """The whole module."""
    table = _Table()
    objects = [table.object_def(each) for each in module.objects]
    enums = [_enum_def(each) for each in module.enums]
    interfaces = [table.interface_def(each) for each in module.interfaces]
    return wit.ModuleDef(module.description, module.main_object, table.types, objects, enums, interfaces, [])


class _Table:
    """The types that were met, each once."""

    def __init__(self) -> None:
        self.types: list[wit.TypeDef] = []
        self._index: dict[sdk.TypeDef, int] = {}

    def index(self, type_def: sdk.TypeDef) -> int:
        if type_def not in self._index:
            # An inner type comes first, so that an index never points forward.
            converted = self._convert(type_def)
            self._index[type_def] = len(self.types)
            self.types.append(converted)
        return self._index[type_def]

    def _convert(self, type_def: sdk.TypeDef) -> wit.TypeDef:
        if type_def.of is not None:
            return _OF[type_def.kind](self.index(type_def.of))
        if type_def.kind in _NAMED:
            return _NAMED[type_def.kind](type_def.name)
        return _PLAIN[type_def.kind]()

    def object_def(self, item: sdk.ObjectDef) -> wit.ObjectDef:
        return wit.ObjectDef(
            item.name,
            item.description,
            [self._field_def(each) for each in item.fields],
            [self._function_def(each) for each in item.functions],
            self._function_def(item.constructor) if item.constructor else None,
            _location(item.location),
            _annotations(item.annotations),
        )

    def interface_def(self, item: sdk.InterfaceDef) -> wit.InterfaceDef:
        functions = [self._function_def(each) for each in item.functions]
        return wit.InterfaceDef(item.name, item.description, functions, _location(item.location), [])

    def _field_def(self, item: sdk.FieldDef) -> wit.FieldDef:
        return wit.FieldDef(
            item.name, item.original_name, item.description, self.index(item.type), None, _annotations(item.annotations)
        )

    def _function_def(self, item: sdk.FunctionDef) -> wit.FunctionDef:
        return wit.FunctionDef(
            item.name,
            item.description,
            [self._argument_def(each) for each in item.arguments],
            self.index(item.returns),
            _location(item.location),
            _annotations(item.annotations),
        )

    def _argument_def(self, item: sdk.ArgumentDef) -> wit.ArgumentDef:
        return wit.ArgumentDef(
            item.name, item.description, self.index(item.type), item.default, _annotations(item.annotations)
        )


def _enum_def(item: sdk.EnumDef) -> wit.EnumDef:
    members = [
        wit.EnumMemberDef(each.name, each.value, each.description, _annotations(each.annotations))
        for each in item.members
    ]
    return wit.EnumDef(item.name, item.description, members, _location(item.location), [])


def _annotations(values: dict[str, Any]) -> list[wit.Annotation]:
    return [wit.Annotation(name, json.dumps(value)) for name, value in values.items()]


def _location(place: sdk.Location | None) -> wit.SourceLocation | None:
    relative = paths.relative(place.file) if place else None
    return wit.SourceLocation(relative, place.line, 1) if place and relative else None
