// Read, compare and raise semantic versions, also by what commits say. Needs no container.
package main

import (
	"errors"
	"slices"

	"dagger/semver/versions"
)

// Level is how far a version is raised.
type Level string

const (
	// Nothing to release
	LevelNone Level = "NONE"
	// Repairs
	LevelPatch Level = "PATCH"
	// Additions
	LevelMinor Level = "MINOR"
	// Changes that break callers
	LevelMajor Level = "MAJOR"
)

var levels = []Level{versions.None: LevelNone, versions.Patch: LevelPatch, versions.Minor: LevelMinor, versions.Major: LevelMajor}

func (l Level) level() versions.Level { return versions.Level(slices.Index(levels, l)) }

// Semantic versions, as semver.org has them. A `v` before a version is accepted and not written.
type Semver struct{}

// Version is a semantic version, read.
type Version struct {
	// First number: changes that break callers
	Major int
	// Second number: additions
	Minor int
	// Third number: repairs
	Patch int
	// What stands after `-`, such as `rc.1`; empty for a release
	Prerelease string
	// What stands after `+`; empty when there is none
	Build string
}

// Whether the version is a release and no version before one.
func (v *Version) Stable() bool { return v.Prerelease == "" && v.Major > 0 }

// The version as text, without a `v`.
func (v *Version) Text() string { return versions.Version(*v).String() }

// Read a version; fail when it is none.
func (m *Semver) Parse(
	// The version, such as `v1.2.3-rc.1`
	version string,
) (*Version, error) {
	parsed, err := versions.Parse(version)
	if err != nil {
		return nil, err
	}
	result := Version(parsed)
	return &result, nil
}

// Tell whether a text is a semantic version.
func (m *Semver) IsValid(
	// The text
	version string,
) bool {
	_, err := versions.Parse(version)
	return err == nil
}

// Compare two versions: -1, 0 or 1.
func (m *Semver) Compare(
	// First version
	a string,
	// Second version
	b string,
) (int, error) {
	left, err := versions.Parse(a)
	if err != nil {
		return 0, err
	}
	right, err := versions.Parse(b)
	if err != nil {
		return 0, err
	}
	return left.Compare(right), nil
}

// Sort versions, the oldest first. What is no version is left out.
func (m *Semver) Sort(
	// Versions, such as the tags of a repository
	versions []string,
	// The newest first
	// +optional
	descending bool,
) []string {
	sorted := ordered(versions)
	if descending {
		slices.Reverse(sorted)
	}
	return sorted
}

// Give the newest of the versions, as it is written there; fail when there is none. What is no version is left out.
func (m *Semver) Latest(
	// Versions, such as the tags of a repository
	versions []string,
	// Only versions in this range
	// +default="*"
	in string,
	// Also versions before a release
	// +optional
	prereleases bool,
) (string, error) {
	return latest(versions, in, prereleases)
}

// Tell whether a version is in a range.
func (m *Semver) Satisfies(
	// The version
	version string,
	// The range: `^1.2`, `~1.2.3`, `>=1.0 <2`, `1.x`, `1.2.3 || 2.x`
	in string,
) (bool, error) {
	parsed, err := versions.Parse(version)
	if err != nil {
		return false, err
	}
	wanted, err := versions.ParseRange(in)
	if err != nil {
		return false, err
	}
	return wanted.Contains(parsed), nil
}

// Raise a version. One before a release of that size becomes the release.
func (m *Semver) Bump(
	// The version to raise
	version string,
	// How far
	level Level,
	// Make a version before the release, with this identifier: `rc` gives `1.3.0-rc.0`, then `1.3.0-rc.1`
	// +optional
	prerelease string,
) (string, error) {
	parsed, err := versions.Parse(version)
	if err != nil {
		return "", err
	}
	if prerelease != "" {
		return parsed.BumpPrerelease(level.level(), prerelease).String(), nil
	}
	return parsed.Bump(level.level()).String(), nil
}

// Say what commits ask for by their messages: a breaking change MAJOR, `feat` MINOR, `fix` and `perf` PATCH, others NONE.
func (m *Semver) Level(
	// Messages of commits, whole
	messages []string,
) Level {
	return levels[versions.Highest(messages)]
}

// Give the version after `version` that commits ask for; the same one when they ask for none.
func (m *Semver) Next(
	// The last version
	version string,
	// Messages of the commits since, whole
	messages []string,
	// As in `bump`
	// +optional
	prerelease string,
) (string, error) {
	level := m.Level(messages)
	if level == LevelNone {
		parsed, err := versions.Parse(version)
		return parsed.String(), err
	}
	return m.Bump(version, level, prerelease)
}

func ordered(texts []string) []string {
	kept := slices.DeleteFunc(slices.Clone(texts), func(text string) bool {
		_, err := versions.Parse(text)
		return err != nil
	})
	slices.SortStableFunc(kept, func(a, b string) int {
		left, _ := versions.Parse(a)
		right, _ := versions.Parse(b)
		return left.Compare(right)
	})
	return kept
}

func latest(texts []string, in string, prereleases bool) (string, error) {
	wanted, err := versions.ParseRange(in)
	if err != nil {
		return "", err
	}
	for _, text := range slices.Backward(ordered(texts)) {
		version, _ := versions.Parse(text)
		release := version
		release.Prerelease = ""
		if wanted.Contains(version) || prereleases && wanted.Contains(release) {
			return text, nil
		}
	}
	return "", errors.New("no version is in the range " + in)
}
