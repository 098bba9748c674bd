// Functions that need no container: what they cost is what calling a module costs.
package main

import (
	"fmt"
	"strings"
)

// Greetings and small sums, computed in the module itself.
type Hello struct{}

// Greet someone.
func (m *Hello) Hello(
	// Whom to greet
	// +default="world"
	name string,
) string {
	return "Hello, " + name + "!"
}

// Repeat a text in capitals.
func (m *Hello) Shout(
	// What to shout
	text string,
	// How often
	// +default=1
	times int,
) string {
	if times < 1 {
		// Unlike an error that is returned, a panic names the line.
		panic(fmt.Sprintf("times must be at least 1: %d", times))
	}
	shouts := make([]string, times)
	for i := range shouts {
		shouts[i] = strings.ToUpper(text) + "!"
	}
	return strings.Join(shouts, " ")
}

// Split a text at its white space.
func (m *Hello) Words(
	// The text to split
	text string,
) []string {
	return strings.Fields(text)
}

// Add two numbers.
func (m *Hello) Add(
	// First number
	a int,
	// Second number
	b int,
) int {
	return a + b
}

// Describe a list of numbers.
func (m *Hello) Statistics(
	// The numbers, at least one
	numbers []float64,
) (*Statistics, error) {
	return newStatistics(numbers)
}
