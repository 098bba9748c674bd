package main

import "errors"

// What a list of numbers adds up to.
type Statistics struct {
	// How many numbers there are
	Count int
	// Their sum
	Total float64
}

// Their average.
func (s *Statistics) Mean() float64 {
	return s.Total / float64(s.Count)
}

func newStatistics(numbers []float64) (*Statistics, error) {
	if len(numbers) == 0 {
		return nil, errors.New("there are no numbers to describe")
	}
	statistics := &Statistics{Count: len(numbers)}
	for _, number := range numbers {
		statistics.Total += number
	}
	return statistics, nil
}
