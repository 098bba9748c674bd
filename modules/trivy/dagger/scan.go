package main

import (
	"context"
	"encoding/json"
	"fmt"

	"dagger/trivy/internal/dagger"
)

// Format is how a report is written.
type Format string

const (
	// For people
	FormatTable Format = "TABLE"
	// Trivy's own JSON
	FormatJson Format = "JSON"
	// SARIF, which code hosts show beside the code
	FormatSarif Format = "SARIF"
	// CycloneDX: what the image or directory is made of
	FormatCyclonedx Format = "CYCLONEDX"
	// SPDX: the same
	FormatSpdx Format = "SPDX"
)

var formats = map[Format]string{
	FormatTable: "table", FormatJson: "json", FormatSarif: "sarif", FormatCyclonedx: "cyclonedx", FormatSpdx: "spdx-json",
}

// A scan; it runs when something of it is asked for.
type Scan struct {
	// +private
	Trivy *Trivy
	// +private
	Command []string
	// +private
	Source *dagger.Directory
}

// Finding is one that Trivy reports.
type Finding struct {
	// What it is known as, such as `CVE-2024-3094` or `aws-access-key-id`
	Name string
	// How bad it is
	Severity Severity
	// The file or package manager's file, or the image, that has it
	Target string
	// The package that has it; empty for secrets and misconfigurations
	Package string
	// The package's version that is there
	Installed string
	// The package's version that repairs it; empty when there is none
	Fixed string
	// What is wrong
	Title string
}

// Fail, with a table of the findings, when there are any.
func (s *Scan) Check(ctx context.Context) (string, error) {
	return s.ran(FormatTable, "", "--exit-code=1").Stdout(ctx)
}

// Tell whether there are no findings.
func (s *Scan) Passed(ctx context.Context) (bool, error) {
	findings, err := s.Findings(ctx)
	return len(findings) == 0, err
}

// Return a report. Findings are no error.
func (s *Scan) Report(
	// How it is written
	// +default="SARIF"
	format Format,
) *dagger.File {
	return s.ran(format, "/report").File("/report")
}

// Return the findings. They are no error.
func (s *Scan) Findings(ctx context.Context) ([]*Finding, error) {
	text, err := s.Report(FormatJson).Contents(ctx)
	if err != nil {
		return nil, err
	}
	return parse(text)
}

func (s *Scan) ran(format Format, output string, more ...string) *dagger.Container {
	args := append([]string{"trivy", s.Command[0], "--format=" + formats[format]}, s.Trivy.flags()...)
	if output != "" {
		args = append(args, "--output="+output)
	}
	args = append(append(args, more...), s.Command[1:]...)
	return s.Trivy.trivy().WithMountedDirectory("/scan", s.Source).WithExec(args)
}

// parse reads Trivy's JSON.
func parse(text string) ([]*Finding, error) {
	var report struct {
		Results []struct {
			Target          string
			Vulnerabilities []struct {
				VulnerabilityID, PkgName, InstalledVersion, FixedVersion, Title, Severity string
			}
			Secrets []struct {
				RuleID, Title, Severity string
			}
			Misconfigurations []struct {
				ID, Title, Status, Severity string
			}
		}
	}
	if err := json.Unmarshal([]byte(text), &report); err != nil {
		return nil, fmt.Errorf("trivy's report cannot be read: %w", err)
	}
	findings := []*Finding{}
	for _, result := range report.Results {
		for _, each := range result.Vulnerabilities {
			findings = append(findings, &Finding{
				Name: each.VulnerabilityID, Severity: Severity(each.Severity), Target: result.Target, Title: each.Title,
				Package: each.PkgName, Installed: each.InstalledVersion, Fixed: each.FixedVersion,
			})
		}
		for _, each := range result.Secrets {
			findings = append(findings, &Finding{Name: each.RuleID, Severity: Severity(each.Severity), Target: result.Target, Title: each.Title})
		}
		for _, each := range result.Misconfigurations {
			if each.Status != "PASS" {
				findings = append(findings, &Finding{Name: each.ID, Severity: Severity(each.Severity), Target: result.Target, Title: each.Title})
			}
		}
	}
	return findings, nil
}
