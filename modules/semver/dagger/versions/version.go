// Package versions reads, orders and raises semantic versions (semver.org 2.0.0). It knows nothing of modules.
package versions

import (
	"cmp"
	"fmt"
	"regexp"
	"strconv"
	"strings"
)

// Version is a semantic version, read.
type Version struct {
	Major, Minor, Patch int
	Prerelease, Build   string
}

var form = regexp.MustCompile(`^v?(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)` +
	`(?:-((?:0|[1-9]\d*|\d*[a-zA-Z-][0-9a-zA-Z-]*)(?:\.(?:0|[1-9]\d*|\d*[a-zA-Z-][0-9a-zA-Z-]*))*))?` +
	`(?:\+([0-9a-zA-Z-]+(?:\.[0-9a-zA-Z-]+)*))?$`)

// Parse reads a version; a `v` before it is left out.
func Parse(text string) (Version, error) {
	parts := form.FindStringSubmatch(text)
	if parts == nil {
		return Version{}, fmt.Errorf("%q is no semantic version: expected MAJOR.MINOR.PATCH, as 1.2.3 or v1.2.3-rc.1", text)
	}
	var numbers [3]int
	for i := range numbers {
		number, err := strconv.Atoi(parts[i+1])
		if err != nil {
			return Version{}, fmt.Errorf("%q is no semantic version: %s is too large", text, parts[i+1])
		}
		numbers[i] = number
	}
	return Version{numbers[0], numbers[1], numbers[2], parts[4], parts[5]}, nil
}

// String writes the version without a `v`.
func (v Version) String() string {
	text := fmt.Sprintf("%d.%d.%d", v.Major, v.Minor, v.Patch)
	if v.Prerelease != "" {
		text += "-" + v.Prerelease
	}
	if v.Build != "" {
		text += "+" + v.Build
	}
	return text
}

// Compare is negative when v comes before other, positive when it comes after. Build metadata does not count.
func (v Version) Compare(other Version) int {
	return cmp.Or(
		cmp.Compare(v.Major, other.Major),
		cmp.Compare(v.Minor, other.Minor),
		cmp.Compare(v.Patch, other.Patch),
		comparePrereleases(v.Prerelease, other.Prerelease),
	)
}

// comparePrereleases: none is after any; numbers are before words; more parts are after fewer.
func comparePrereleases(a, b string) int {
	switch {
	case a == b:
		return 0
	case a == "":
		return 1
	case b == "":
		return -1
	}
	left, right := strings.Split(a, "."), strings.Split(b, ".")
	for i := range min(len(left), len(right)) {
		if order := comparePart(left[i], right[i]); order != 0 {
			return order
		}
	}
	return cmp.Compare(len(left), len(right))
}

func comparePart(a, b string) int {
	numberA, numberB := digits(a), digits(b)
	switch {
	case numberA && numberB:
		return cmp.Or(cmp.Compare(len(a), len(b)), strings.Compare(a, b))
	case numberA:
		return -1
	case numberB:
		return 1
	}
	return strings.Compare(a, b)
}

func digits(text string) bool {
	return strings.Trim(text, "0123456789") == ""
}
