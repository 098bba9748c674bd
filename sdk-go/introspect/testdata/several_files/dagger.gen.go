package main

var dag int
