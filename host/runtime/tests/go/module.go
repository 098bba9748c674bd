package main

import (
	"context"
	"errors"
	"os"
	"runtime"
	"strings"
	"sync"
	"time"
)

type Probe struct{}

func (m *Probe) Hello(name string) string {
	return "Hello, " + name + "!"
}

// Together asks for three things at the same time.
func (m *Probe) Together(ctx context.Context) (string, error) {
	results, errs := make([]string, 3), make([]error, 3)
	var group sync.WaitGroup
	for i := range results {
		group.Add(1)
		go func() {
			defer group.Done()
			results[i], errs[i] = dag.Container().Stdout(ctx)
		}()
	}
	group.Wait()
	return strings.Join(results, ","), errors.Join(errs...)
}

// Cancelled gives up waiting.
func (m *Probe) Cancelled(ctx context.Context) string {
	ctx, cancel := context.WithTimeout(ctx, 20*time.Millisecond)
	defer cancel()
	_, err := dag.Container().Stdout(ctx)
	return err.Error()
}

// Timers run beside requests.
func (m *Probe) Timers(ctx context.Context) (int, error) {
	ticker := time.NewTicker(10 * time.Millisecond)
	defer ticker.Stop()
	done := make(chan error)
	go func() {
		_, err := dag.Container().Stdout(ctx)
		done <- err
	}()
	for ticks := 0; ; ticks++ {
		select {
		case <-ticker.C:
		case err := <-done:
			return ticks, err
		}
	}
}

func sieve(n int) int {
	composite := make([]bool, n)
	count := 0
	for i := 2; i < n; i++ {
		if composite[i] {
			continue
		}
		count++
		for j := i * i; j < n; j += i {
			composite[j] = true
		}
	}
	return count
}

// Primes is work for the processor.
func (m *Probe) Primes(below int) int {
	return sieve(below)
}

// Collects makes garbage, and lets it be collected.
func (m *Probe) Collects() int {
	kept := map[int]string{}
	for i := range 200000 {
		kept[i%100] = strings.Repeat("x", i%50)
	}
	runtime.GC()
	return len(kept)
}

func (m *Probe) Grows() int {
	kept := [][]byte{}
	for {
		kept = append(kept, make([]byte, 8<<20))
	}
}

func (m *Probe) Deep() int {
	return m.Deep() + 1
}

func (m *Probe) Loop() int {
	for {
	}
}

func (m *Probe) Panics() int {
	go func() {
		panic("in a goroutine")
	}()
	select {}
}

func (m *Probe) Nil() int {
	var none *[4]int
	return none[2]
}

func (m *Probe) Divides(by int) int {
	return 7 / by
}

func (m *Probe) Waits() int {
	return <-make(chan int)
}

func (m *Probe) Exits() int {
	println("the last word")
	os.Exit(4)
	return 0
}
