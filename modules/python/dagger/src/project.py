"""What a project's files say of what has to be installed before its code can run."""

import tomllib
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Project:
    """The parts of pyproject.toml that installing needs."""

    dependencies: list[str] = field(default_factory=list)
    installable: bool = False
    """Whether the project itself can be installed."""


def read(text: str, extras: list[str], groups: list[str]) -> Project:
    """Read pyproject.toml: the requirements of the project, of its extras and of its dependency groups."""
    document = tomllib.loads(text)
    project = document.get("project")
    wanted = list(project.get("dependencies", [])) if project else []
    optional = project.get("optional-dependencies", {}) if project else {}
    for extra in extras:
        if extra not in optional:
            raise ValueError(f"pyproject.toml has no extra `{extra}`; it has: {_names(optional)}")
        wanted += optional[extra]
    for group in groups:
        wanted += _group(document.get("dependency-groups", {}), group, ())
    return Project(dependencies=wanted, installable=project is not None)


def _group(groups: dict[str, list], name: str, above: tuple[str, ...]) -> list[str]:
    """Give the requirements of a dependency group and of those that it includes."""
    if name in above:
        raise ValueError(f"dependency groups of pyproject.toml include each other: {' → '.join((*above, name))}")
    if name not in groups:
        raise ValueError(f"pyproject.toml has no dependency group `{name}`; it has: {_names(groups)}")
    requirements = []
    for entry in groups[name]:
        if isinstance(entry, str):
            requirements.append(entry)
        else:
            requirements += _group(groups, entry["include-group"], (*above, name))
    return requirements


def _names(table: dict[str, list]) -> str:
    return ", ".join(sorted(table)) or "none"
