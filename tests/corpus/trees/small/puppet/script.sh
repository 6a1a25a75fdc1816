#!/bin/sh
echo "This is HOST"
