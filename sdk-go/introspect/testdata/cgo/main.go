package main

import "C"

// Ci is the main object.
type Ci struct{}
