package versions

import (
	"slices"
	"testing"
)

func version(t *testing.T, text string) Version {
	t.Helper()
	parsed, err := Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	return parsed
}

func TestParse(t *testing.T) {
	got := version(t, "v1.20.3-rc.1+build.5")
	if want := (Version{1, 20, 3, "rc.1", "build.5"}); got != want {
		t.Errorf("got %+v, want %+v", got, want)
	}
	if got.String() != "1.20.3-rc.1+build.5" {
		t.Errorf("written as %s", got)
	}
	for _, text := range []string{"", "1", "1.2", "01.2.3", "1.2.3-", "1.2.3-01", "1.2.3+", "1.2.3.4", "99999999999999999999.0.0"} {
		if _, err := Parse(text); err == nil {
			t.Errorf("%q was read", text)
		}
	}
}

func TestOrder(t *testing.T) {
	// The order that semver.org gives in rule 11, and numbers of more than one digit.
	want := []string{
		"1.0.0-2", "1.0.0-10", "1.0.0-alpha", "1.0.0-alpha.1", "1.0.0-alpha.beta", "1.0.0-beta", "1.0.0-beta.2", "1.0.0-beta.11",
		"1.0.0-rc.1", "1.0.0", "1.2.0", "1.10.0", "2.0.0",
	}
	got := slices.Clone(want)
	slices.Reverse(got)
	slices.SortFunc(got, func(a, b string) int { return version(t, a).Compare(version(t, b)) })
	if !slices.Equal(got, want) {
		t.Errorf("got %v", got)
	}
	if version(t, "1.0.0+a").Compare(version(t, "1.0.0+b")) != 0 {
		t.Error("build metadata counts")
	}
}

func TestBump(t *testing.T) {
	for _, c := range []struct {
		from  string
		level Level
		want  string
	}{
		{"1.2.3", None, "1.2.3"}, {"1.2.3", Patch, "1.2.4"}, {"1.2.3", Minor, "1.3.0"}, {"1.2.3+b", Major, "2.0.0"},
		{"1.3.0-rc.1", Patch, "1.3.0"}, {"1.3.0-rc.1", Minor, "1.3.0"}, {"1.3.1-rc.1", Minor, "1.4.0"}, {"2.0.0-rc.1", Major, "2.0.0"},
	} {
		if got := version(t, c.from).Bump(c.level).String(); got != c.want {
			t.Errorf("%s by %d is %s, want %s", c.from, c.level, got, c.want)
		}
	}
	for from, want := range map[string]string{
		"1.2.3": "1.3.0-rc.0", "1.3.0-rc.0": "1.3.0-rc.1", "1.3.0-beta.4": "1.3.0-rc.0", "1.3.1-rc.0": "1.4.0-rc.0",
	} {
		if got := version(t, from).BumpPrerelease(Minor, "rc").String(); got != want {
			t.Errorf("%s before the next minor is %s, want %s", from, got, want)
		}
	}
}

func TestLevels(t *testing.T) {
	for message, want := range map[string]Level{
		"feat: x": Minor, "feat(api): x": Minor, "fix: x": Patch, "perf: x": Patch, "docs: x": None, "Add x": None, "feat:x": None,
		"fix!: x": Major, "chore(deps)!: x": Major, "fix: x\n\nBREAKING CHANGE: y": Major, "fix: no BREAKING CHANGE: y": Patch,
	} {
		if got := LevelOf(message); got != want {
			t.Errorf("%q asks for %d, want %d", message, got, want)
		}
	}
	if Highest([]string{"fix: a", "feat: b", "docs: c"}) != Minor || Highest(nil) != None {
		t.Error("the highest is wrong")
	}
}

func TestRanges(t *testing.T) {
	for _, c := range []struct {
		text    string
		in, out []string
	}{
		{"^1.2.3", []string{"1.2.3", "1.9.0"}, []string{"1.2.2", "2.0.0", "1.3.0-rc.1"}},
		{"^0.2.3", []string{"0.2.9"}, []string{"0.3.0"}},
		{"^0.0.3", []string{"0.0.3"}, []string{"0.0.4"}},
		{"~1.2", []string{"1.2.9"}, []string{"1.3.0"}},
		{">= 1.0 <2 || 3.x", []string{"1.5.0", "3.1.4"}, []string{"2.0.0", "4.0.0"}},
		{">1.2", []string{"1.3.0"}, []string{"1.2.9"}},
		{"<=1.2", []string{"1.2.9"}, []string{"1.3.0"}},
		{"1.2.3", []string{"1.2.3"}, []string{"1.2.4"}},
		{">=1.3.0-rc.1", []string{"1.3.0-rc.2", "1.3.0"}, []string{"1.3.0-beta", "1.4.0-rc.1"}},
		{"*", []string{"0.0.0", "9.9.9"}, []string{"1.0.0-rc.1"}},
	} {
		parsed, err := ParseRange(c.text)
		if err != nil {
			t.Fatal(err)
		}
		for _, text := range c.in {
			if !parsed.Contains(version(t, text)) {
				t.Errorf("%s is not in %s", text, c.text)
			}
		}
		for _, text := range c.out {
			if parsed.Contains(version(t, text)) {
				t.Errorf("%s is in %s", text, c.text)
			}
		}
	}
	if _, err := ParseRange("about 1"); err == nil {
		t.Error("nonsense was read")
	}
}
