package main

type Ci string
