"""Arguments of constructors, on the command line and between modules, in every language."""

from pathlib import Path

import pytest
from conftest import Run
from graphs import LANGUAGES, languages, refusal, value, write

BOX = {
    "python": """
        import enum
        import typing

        import dagger
        from dagger import dag, enum_type, field, function, object_type


        @enum_type
        class Size(enum.Enum):
            SMALL = "small"
            LARGE = "large"


        @object_type
        class Box:
            source: dagger.Directory
            name: str = field()
            size: Size = field(default=Size.SMALL)
            tags: list[str] = field(default=list)
            weight: float = field(default=1.5)
            lid: bool = field(default=True)
            note: str | None = field(default=None)

            @function
            async def told(self, end: str = ".") -> str:
                files = " ".join(await self.source.entries())
                lid = "lid" if self.lid else "open"
                head = f"{self.name} {self.size.name} {','.join(self.tags)} {self.weight}"
                return f"{head} {lid} {self.note or '-'} {files}{end}"

            @function
            def renamed(self, name: str) -> typing.Self:
                self.name = name
                return self
    """,
    "typescript": """
        import { type Directory, type float, func, object } from "@dagger.io/dagger";

        export enum Size {
          SMALL = "SMALL",
          LARGE = "LARGE",
        }

        @object()
        export class Box {
          source: Directory;

          @func()
          name: string;

          @func()
          size: Size;

          @func()
          tags: string[];

          weight: float;

          @func()
          lid: boolean;

          note: string | null;

          constructor(
            source: Directory,
            name: string,
            size: Size = Size.SMALL,
            tags: string[] = [],
            weight: float = 1.5,
            lid: boolean = true,
            note: string | null = null,
          ) {
            this.source = source;
            this.name = name;
            this.size = size;
            this.tags = tags;
            this.weight = weight;
            this.lid = lid;
            this.note = note;
          }

          @func()
          async told(end: string = "."): Promise<string> {
            const files = (await this.source.entries()).join(" ");
            const lid = this.lid ? "lid" : "open";
            const head = `${this.name} ${this.size} ${this.tags.join(",")} ${this.weight}`;
            return `${head} ${lid} ${this.note ?? "-"} ${files}${end}`;
          }

          @func()
          renamed(name: string): Box {
            this.name = name;
            return this;
          }
        }
    """,
    "go": """
        package main

        import (
            "context"
            "fmt"
            "strings"

            "dagger/box/internal/dagger"
        )

        type Size string

        const (
            SMALL Size = "SMALL"
            LARGE Size = "LARGE"
        )

        type Box struct {
            Source *dagger.Directory // +private
            Name   string
            Size   Size
            Tags   []string
            Weight float64
            Lid    bool
            Note   string
        }

        func New(
            source *dagger.Directory,
            name string,
            // +default="SMALL"
            size Size,
            // +optional
            tags []string,
            // +default=1.5
            weight float64,
            // +default=true
            lid bool,
            // +optional
            note string,
        ) *Box {
            return &Box{source, name, size, tags, weight, lid, note}
        }

        func (m *Box) Told(
            ctx context.Context,
            // +default="."
            end string,
        ) (string, error) {
            entries, err := m.Source.Entries(ctx)
            lid, note := "open", m.Note
            if m.Lid {
                lid = "lid"
            }
            if note == "" {
                note = "-"
            }
            files := strings.Join(entries, " ")
            head := fmt.Sprintf("%s %s %s %v", m.Name, m.Size, strings.Join(m.Tags, ","), m.Weight)
            return fmt.Sprintf("%s %s %s %s%s", head, lid, note, files, end), err
        }

        func (m *Box) Renamed(name string) *Box {
            m.Name = name
            return m
        }
    """,
}

USER = {
    "python": """
        from dagger import BoxSize, dag, function, object_type


        @object_type
        class User:
            @function
            async def run(self) -> str:
                source = dag.directory().with_new_file("a", "")
                few = await dag.box(source, "few").told()
                box = dag.box(source, "all", size=BoxSize.LARGE, tags=["x", "y"], weight=2.5, lid=False, note="n")
                return f"{few} {await box.renamed('new').told(end='!')} {await box.name()}"
    """,
    "typescript": """
        import { BoxSize, dag, func, object } from "@dagger.io/dagger";

        @object()
        export class User {
          @func()
          async run(): Promise<string> {
            const source = dag.directory().withNewFile("a", "");
            const few = await dag.box(source, "few").told();
            const options = { size: BoxSize.Large, tags: ["x", "y"], weight: 2.5, lid: false, note: "n" };
            const box = dag.box(source, "all", options);
            return `${few} ${await box.renamed("new").told({ end: "!" })} ${await box.name()}`;
          }
        }
    """,
    "go": """
        package main

        import (
            "context"

            "dagger/user/internal/dagger"
        )

        type User struct{}

        func (m *User) Run(ctx context.Context) (string, error) {
            source := dag.Directory().WithNewFile("a", "")
            few, err := dag.Box(source, "few").Told(ctx)
            if err != nil {
                return "", err
            }
            box := dag.Box(source, "all", dagger.BoxOpts{
                Size: dagger.BoxSizeLarge, Tags: []string{"x", "y"}, Weight: 2.5, Note: "n",
            })
            told, err := box.Renamed("new").Told(ctx, dagger.BoxToldOpts{End: "!"})
            if err != nil {
                return "", err
            }
            name, err := box.Name(ctx)
            return few + " " + told + " " + name, err
        }
    """,
}

ALL = ["--name=all", "--size=LARGE", "--tags=x,y", "--weight=2.5", "--lid=false", "--note=n"]


@pytest.mark.parametrize("language", [languages(language) for language in LANGUAGES])
def test_on_the_command_line(dockwright: Run, tmp_path: Path, language: str) -> None:
    """Flags of the constructor stand before the first function, those of functions after their names."""
    folder = write(tmp_path / "box", "box", language, BOX[language])
    (tmp_path / "files").mkdir()
    (tmp_path / "files" / "a").touch()
    few = ["--source=../files", "--name=few"]
    assert value(dockwright, folder, *few, "told") == "few SMALL  1.5 lid - a."
    assert value(dockwright, folder, "--source=../files", *ALL, "told") == "all LARGE x,y 2.5 open n a."
    assert value(dockwright, folder, *few, "renamed", "--name=new", "told", "--end=!") == "new SMALL  1.5 lid - a!"
    assert value(dockwright, folder, *few, "renamed", "--name=new", "name") == "new"
    message = refusal(dockwright, folder, "call", "--source=../files", "told")
    assert "--name" in message
    message = refusal(dockwright, folder, "call", "told", *few)
    assert "--source" in message


PAIRS = [languages(caller, callee) for caller in LANGUAGES for callee in LANGUAGES]


@pytest.mark.parametrize(("caller", "callee"), PAIRS)
def test_between_modules(dockwright: Run, tmp_path: Path, caller: str, callee: str) -> None:
    """Required and optional ones of every kind, and chains after them."""
    write(tmp_path / "box", "box", callee, BOX[callee])
    folder = write(tmp_path / "user", "user", caller, USER[caller], ["../box"])
    # In Go a false that is left out and one that is meant look alike, as they do with Dagger.
    lid = "lid" if caller == "go" else "open"
    assert value(dockwright, folder, "run") == f"few SMALL  1.5 lid - a. new LARGE x,y 2.5 {lid} n a! all"
