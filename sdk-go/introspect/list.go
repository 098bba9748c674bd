package main

import (
	"errors"
	"go/ast"
	"go/build/constraint"
	"go/parser"
	"go/scanner"
	"go/token"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// listed is a package that the host asks about before it compiles it: the texts of its files.
type listed struct {
	Files []file `json:"files"`
}

type packageList struct {
	Packages []listing `json:"packages"`
}

// listing is which files of a package are built for the sandbox, and what they want.
type listing struct {
	Name        string       `json:"name"`
	Files       []string     `json:"files"`
	Assembly    []string     `json:"assembly"`
	Imports     []wanted     `json:"imports"`
	Embeds      []wanted     `json:"embeds"`
	Cgo         []wanted     `json:"cgo"`
	Diagnostics []diagnostic `json:"diagnostics"`
}

// wanted is something that a file asks for, and where.
type wanted struct {
	What   string `json:"what"`
	File   string `json:"file"`
	Line   int    `json:"line"`
	Column int    `json:"column"`
}

// list looks at packages. Constraints are evaluated for the version go1.<minor>.
func list(packages []listed, minor int) packageList {
	answer := packageList{Packages: []listing{}}
	for _, each := range packages {
		l := listing{
			Files: []string{}, Assembly: []string{}, Imports: []wanted{}, Embeds: []wanted{}, Cgo: []wanted{},
			Diagnostics: []diagnostic{},
		}
		slices.SortFunc(each.Files, func(a, b file) int { return strings.Compare(a.Path, b.Path) })
		for _, source := range each.Files {
			l.add(source, minor)
		}
		answer.Packages = append(answer.Packages, l)
	}
	return answer
}

func (l *listing) add(source file, minor int) {
	if !matchesName(source.Path) || !matchesConstraints(source.Text, minor) {
		return
	}
	if strings.HasSuffix(source.Path, ".s") {
		l.Assembly = append(l.Assembly, source.Path)
		return
	}
	mode := parser.ImportsOnly
	if strings.Contains(source.Text, "//go:embed") {
		mode = parser.ParseComments | parser.SkipObjectResolution
	}
	fset := token.NewFileSet()
	parsed, err := parser.ParseFile(fset, source.Path, source.Text, mode)
	if err != nil && (parsed == nil || mode == parser.ImportsOnly) {
		l.fail(source.Path, err)
		return
	}
	if parsed.Name.Name == "documentation" {
		return
	}
	at := func(what string, pos token.Pos) wanted {
		position := fset.Position(pos)
		return wanted{what, source.Path, position.Line, position.Column}
	}
	var imports []wanted
	embeds := false
	for _, each := range parsed.Imports {
		path, err := strconv.Unquote(each.Path.Value)
		if err != nil {
			continue // The compiler tells what is wrong with it.
		}
		if path == "C" {
			l.Cgo = append(l.Cgo, at(path, each.Pos()))
			return
		}
		embeds = embeds || path == "embed"
		imports = append(imports, at(path, each.Path.Pos()))
	}
	if l.Name != "" && l.Name != parsed.Name.Name {
		position := fset.Position(parsed.Name.Pos())
		l.Diagnostics = append(l.Diagnostics, diagnostic{
			source.Path, position.Line, position.Column,
			"found packages " + l.Name + " (" + l.Files[0] + ") and " + parsed.Name.Name + " (" + source.Path + ") in one folder",
		})
		return
	}
	l.Name = parsed.Name.Name
	l.Files = append(l.Files, source.Path)
	for _, each := range imports {
		if !slices.ContainsFunc(l.Imports, func(known wanted) bool { return known.What == each.What }) {
			l.Imports = append(l.Imports, each)
		}
	}
	if embeds {
		l.embed(parsed, at)
	}
}

func (l *listing) fail(path string, err error) {
	var found scanner.ErrorList
	if !errors.As(err, &found) {
		l.Diagnostics = append(l.Diagnostics, diagnostic{path, 1, 1, err.Error()})
	}
	for _, each := range found {
		l.Diagnostics = append(l.Diagnostics, diagnostic{path, each.Pos.Line, each.Pos.Column, "syntax error: " + each.Msg})
	}
}

// embed notes the patterns of a file's directives. Where a directive may stand is for the compiler to tell.
func (l *listing) embed(parsed *ast.File, at func(string, token.Pos) wanted) {
	for _, group := range parsed.Comments {
		for _, comment := range group.List {
			rest, ok := strings.CutPrefix(comment.Text, "//go:embed")
			if !ok || rest == "" || rest[0] != ' ' && rest[0] != '\t' {
				continue
			}
			offset := len("//go:embed")
			for {
				trimmed := strings.TrimLeftFunc(rest, unicode.IsSpace)
				offset += len(rest) - len(trimmed)
				if trimmed == "" {
					break
				}
				pattern, length := firstPattern(trimmed)
				if length == 0 {
					break // Go's compiler tells what is wrong with it.
				}
				l.Embeds = append(l.Embeds, at(pattern, comment.Pos()+token.Pos(offset)))
				rest = trimmed[length:]
				offset += length
			}
		}
	}
}

// firstPattern takes a pattern, quoted or not, off the text, and tells how long it is there.
func firstPattern(text string) (string, int) {
	if text[0] != '"' && text[0] != '`' {
		end := strings.IndexFunc(text, unicode.IsSpace)
		if end < 0 {
			end = len(text)
		}
		return text[:end], end
	}
	quoted, err := strconv.QuotedPrefix(text)
	if err != nil {
		return "", 0
	}
	pattern, err := strconv.Unquote(quoted)
	if err != nil {
		return "", 0
	}
	if next, _ := utf8.DecodeRuneInString(text[len(quoted):]); len(quoted) < len(text) && !unicode.IsSpace(next) {
		return "", 0
	}
	return pattern, len(quoted)
}

// matchesName tells whether a file's name lets it be built for the sandbox.
func matchesName(path string) bool {
	name, _, _ := strings.Cut(path, ".")
	if name == "" || strings.HasPrefix(name, "_") || strings.Contains(path, "/") || strings.HasSuffix(name, "_test") {
		return false
	}
	first := strings.IndexByte(name, '_')
	if first < 0 {
		return true
	}
	parts := strings.Split(name[first+1:], "_")
	last := parts[len(parts)-1]
	if slices.Contains(machines, last) {
		if len(parts) > 1 && slices.Contains(systems, parts[len(parts)-2]) && parts[len(parts)-2] != "wasip1" {
			return false
		}
		return last == "wasm"
	}
	return !slices.Contains(systems, last) || last == "wasip1"
}

// matchesConstraints evaluates what stands before a file's code: //go:build, else what stood there before Go 1.17.
func matchesConstraints(text string, minor int) bool {
	build, old := constraints(text)
	lines := old
	if build != "" {
		lines = []string{build}
	}
	for _, line := range lines {
		expression, err := constraint.Parse(line)
		if err == nil && !expression.Eval(func(tag string) bool { return isTag(tag, minor) }) {
			return false
		}
	}
	return true
}

// constraints are the lines with constraints before the code. Those of the old form need an empty line after them.
func constraints(text string) (build string, old []string) {
	var pending []string
	comment := false
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		for {
			if comment {
				_, rest, ended := strings.Cut(line, "*/")
				if !ended {
					line = ""
					break
				}
				comment = false
				line = strings.TrimSpace(rest)
				if line == "" || strings.HasPrefix(line, "//") {
					line = "//" // A constraint stands on a line of its own.
				}
			}
			if !strings.HasPrefix(line, "/*") {
				break
			}
			comment = true
			line = line[2:]
		}
		switch {
		case comment:
		case line == "":
			old = append(old, pending...)
			pending = nil
		case !strings.HasPrefix(line, "//"):
			return build, old
		case constraint.IsGoBuild(line) && build == "":
			build = line
		case constraint.IsPlusBuild(line):
			pending = append(pending, line)
		}
	}
	return build, old
}

func isTag(tag string, minor int) bool {
	if version, ok := strings.CutPrefix(tag, "go1."); ok {
		number, err := strconv.Atoi(version)
		return err == nil && number <= minor
	}
	return tag == "wasip1" || tag == "wasm" || tag == "gc"
}

var (
	systems = []string{
		"aix", "android", "darwin", "dragonfly", "freebsd", "hurd", "illumos", "ios", "js", "linux", "nacl", "netbsd",
		"openbsd", "plan9", "solaris", "wasip1", "windows", "zos",
	}
	machines = []string{
		"386", "amd64", "amd64p32", "arm", "arm64", "arm64be", "armbe", "loong64", "mips", "mips64", "mips64le", "mips64p32",
		"mips64p32le", "mipsle", "ppc", "ppc64", "ppc64le", "riscv", "riscv64", "s390", "s390x", "sparc", "sparc64", "wasm",
	}
)
