package versions

import (
	"strconv"
	"strings"
)

// Level is how far a version is raised; larger is more.
type Level int

// The levels.
const (
	None Level = iota
	Patch
	Minor
	Major
)

// Bump gives the next version. One before a release of the wanted size becomes that release.
func (v Version) Bump(level Level) Version {
	before := v.Prerelease != ""
	switch {
	case level == Major && before && v.Minor == 0 && v.Patch == 0,
		level == Minor && before && v.Patch == 0,
		level == Patch && before:
		return Version{Major: v.Major, Minor: v.Minor, Patch: v.Patch}
	case level == Major:
		return Version{Major: v.Major + 1}
	case level == Minor:
		return Version{Major: v.Major, Minor: v.Minor + 1}
	case level == Patch:
		return Version{Major: v.Major, Minor: v.Minor, Patch: v.Patch + 1}
	}
	return v
}

// BumpPrerelease gives the next version before the release: `1.3.0-rc.0`, then `1.3.0-rc.1`.
func (v Version) BumpPrerelease(level Level, identifier string) Version {
	next := v.Bump(level)
	number := 0
	if sameRelease(v, next) {
		if last, found := strings.CutPrefix(v.Prerelease, identifier+"."); found && digits(last) {
			if parsed, err := strconv.Atoi(last); err == nil {
				number = parsed + 1
			}
		}
	}
	next.Prerelease = identifier + "." + strconv.Itoa(number)
	return next
}

func sameRelease(a, b Version) bool {
	return a.Major == b.Major && a.Minor == b.Minor && a.Patch == b.Patch
}
