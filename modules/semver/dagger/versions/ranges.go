package versions

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
)

// Range is a set of versions: alternatives, each a list of bounds that all have to hold.
type Range [][]bound

type bound struct {
	operator string
	version  Version
}

var (
	comparator = regexp.MustCompile(`^(\^|~|>=|<=|>|<|=)?\s*v?(\d+|[xX*])(?:\.(\d+|[xX*]))?(?:\.(\d+|[xX*]))?(-[0-9A-Za-z.-]+)?$`)
	gap        = regexp.MustCompile(`(\^|~|>=|<=|>|<|=)\s+`)
)

// ParseRange reads a range: `^1.2`, `~1.2.3`, `>=1.0 <2`, `1.x`, `*`, and alternatives with `||`.
func ParseRange(text string) (Range, error) {
	var alternatives Range
	for _, alternative := range strings.Split(text, "||") {
		bounds := []bound{}
		for _, each := range strings.Fields(gap.ReplaceAllString(alternative, "$1")) {
			found, err := parseComparator(each)
			if err != nil {
				return nil, err
			}
			bounds = append(bounds, found...)
		}
		alternatives = append(alternatives, bounds)
	}
	return alternatives, nil
}

// Contains tells whether a version is in the range. One before a release is only where a bound names one of the same release.
func (r Range) Contains(version Version) bool {
	for _, bounds := range r {
		if holds(bounds, version) {
			return true
		}
	}
	return false
}

func holds(bounds []bound, version Version) bool {
	named := version.Prerelease == ""
	for _, each := range bounds {
		order := version.Compare(each.version)
		kept := map[string]bool{">=": order >= 0, "<=": order <= 0, ">": order > 0, "<": order < 0, "=": order == 0}[each.operator]
		if !kept {
			return false
		}
		named = named || each.version.Prerelease != "" && sameRelease(each.version, version)
	}
	return named
}

// parseComparator turns one comparator, whose last numbers may be missing, into bounds.
func parseComparator(text string) ([]bound, error) {
	parts := comparator.FindStringSubmatch(text)
	if parts == nil {
		return nil, fmt.Errorf("%q is no range of versions: expected such as ^1.2, ~1.2.3, >=1.0 <2, 1.x", text)
	}
	var numbers []int
	for _, part := range parts[2:5] {
		number, err := strconv.Atoi(part)
		if err != nil {
			break
		}
		numbers = append(numbers, number)
	}
	low, high := span(numbers)
	low.Prerelease = strings.TrimPrefix(parts[5], "-")
	operator, exact := parts[1], len(numbers) == 3
	switch {
	case len(numbers) == 0:
		return []bound{{">=", Version{}}}, nil
	case operator == "^":
		return between(low, caret(numbers)), nil
	case operator == "~" && len(numbers) > 1:
		return between(low, Version{Major: low.Major, Minor: low.Minor + 1}), nil
	case exact && (operator == "" || operator == "="):
		return []bound{{"=", low}}, nil
	case operator == "" || operator == "=" || operator == "~":
		return between(low, high), nil
	case exact || operator == ">=" || operator == "<":
		return []bound{{operator, low}}, nil
	case operator == ">":
		return []bound{{">=", high}}, nil
	}
	return []bound{{"<", high}}, nil
}

func between(low, high Version) []bound { return []bound{{">=", low}, {"<", high}} }

// span gives the first version that the numbers stand for, and the first after them.
func span(numbers []int) (low, high Version) {
	switch len(numbers) {
	case 1:
		return Version{Major: numbers[0]}, Version{Major: numbers[0] + 1}
	case 2:
		return Version{Major: numbers[0], Minor: numbers[1]}, Version{Major: numbers[0], Minor: numbers[1] + 1}
	case 3:
		low = Version{Major: numbers[0], Minor: numbers[1], Patch: numbers[2]}
		return low, Version{Major: low.Major, Minor: low.Minor, Patch: low.Patch + 1}
	}
	return Version{}, Version{}
}

// caret gives the first version that may break: the leftmost number that is not 0 is raised.
func caret(numbers []int) Version {
	switch {
	case numbers[0] > 0 || len(numbers) == 1:
		return Version{Major: numbers[0] + 1}
	case numbers[1] > 0 || len(numbers) == 2:
		return Version{Minor: numbers[1] + 1}
	}
	return Version{Patch: numbers[2] + 1}
}
