"""The registry as a `ModuleDef`."""

from __future__ import annotations

import enum

from dagger.mod import docs
from dagger.mod.definitions import EnumDef, EnumMemberDef, ModuleDef
from dagger.mod.errors import ModuleLoadError
from dagger.mod.functions import location
from dagger.mod.module import Module
from dagger.mod.objects import ObjectType
from dagger.names import pascal_case


def select_main(module: Module, module_name: str, cls: type | None = None) -> ObjectType:
    """The main object: the given class, else the one named as the module. It takes the module's name in the API.

    Raises:
        ModuleLoadError: There is none.
    """
    name = pascal_case(module_name)
    for candidate in module.objects.values():
        if candidate.cls is cls:
            # The manifest of the module names the class, so its own name does not matter.
            candidate.name = name
            return candidate
    if cls is not None:
        raise ModuleLoadError(f"the main object {cls.__qualname__} is not decorated with @object_type")
    main = module.objects.get(name)
    if main is None:
        found = ", ".join(sorted(module.objects)) or "none"
        raise ModuleLoadError(
            f"the module {module_name!r} has no main object: it needs a class {name} decorated with @object_type. "
            f"Decorated classes that were found: {found}"
        )
    return main


def describe(module: Module, main: ObjectType) -> ModuleDef:
    """What the module offers.

    Raises:
        DeclarationError: Something is declared that the API cannot offer.
    """
    return ModuleDef(
        main_object=main.name,
        description=docs.of_package(main.cls),
        objects=[each.describe(with_constructor=each is main) for each in module.objects.values()],
        enums=[_enumeration(each) for each in module.enums.values()],
        interfaces=[each.describe() for each in module.interfaces.values()],
    )


def _enumeration(cls: type[enum.Enum]) -> EnumDef:
    described = all(getattr(member, "description", None) for member in cls)
    below = {} if described else docs.of_members(cls)
    members = []
    for name, member in cls.__members__.items():
        doc = below.get(name, docs.MemberDoc(None, None))
        members.append(
            EnumMemberDef(
                name=name,
                value=str(member.value),
                description=getattr(member, "description", None) or doc.description,
                annotations={} if doc.deprecated is None else {"deprecated": doc.deprecated},
            )
        )
    description = docs.of_declared(cls)
    return EnumDef(cls.__name__, description, members, location(cls))
