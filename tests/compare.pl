#!/usr/bin/perl
# compare: holds a table of a run against rows that were read by hand.
# In: GOLD.tsv and RESULT.csv. GOLD has a header of column names of the table,
# possibly not all of them, and \t \n \\ escaped. A long cell may be written as
# `beginning…end`; a column X_length has the length of X in characters, X_ends its
# first eight characters, `…`, and its last eight.
# Out: a line per cell that differs, per row that is missing and per row too many;
# last `N passed, N failed`, counted in rows. Exit status 1 if anything differs.
# Only what Debian's perl-base has is used.
use strict;
use warnings;

die "usage: compare.pl GOLD.tsv RESULT.csv\n" if @ARGV != 2;
my ($gold_path, $result_path) = @ARGV;

sub slurp {
    my ($path) = @_;
    open(my $in, '<:raw', $path) or die "$path: $!\n";
    local $/;
    my $text = <$in>;
    return defined $text ? $text : '';
}

# Rows as lists of cells, the header first; each row ends with the line it stands in.
sub read_tsv {
    my ($path) = @_;
    my ($line, @rows) = (0);
    for (split /\n/, slurp($path)) {
        $line++;
        next if /^#/ || $_ eq '';
        my @cells = split /\t/, $_, -1;
        s/\\([tn\\])/{t => "\t", n => "\n", '\\' => '\\'}->{$1}/ge for @cells;
        push @rows, [@cells, $line];
    }
    return @rows;
}

sub read_csv {
    my ($path) = @_;
    my $text = slurp($path);
    my ($line, @rows, @row) = (1);
    pos($text) = 0;
    while (pos($text) < length $text) {
        if ($text =~ /\G"((?:[^"]|"")*)"/gc) {
            my $cell = $1;
            $line += ($cell =~ tr/\n//);
            $cell =~ s/""/"/g;
            push @row, $cell;
        } else {
            $text =~ /\G([^",\n]*)/gc;
            push @row, $1;
        }
        next if $text =~ /\G,/gc;
        die "$path:$line: is not CSV\n" unless $text =~ /\G\n/gc;
        push @rows, [@row, $line++];
        @row = ();
    }
    return @rows;
}

# What a cell of the gold asks for: its text, or a pattern where it is shortened.
sub wanted {
    my ($cell) = @_;
    my ($head, $tail) = $cell =~ /^(.+)\xE2\x80\xA6(.+)\z/s or return $cell;
    return qr/^(?:\Q$head\E.*\Q$tail\E)\z/s;
}

sub agrees {
    my ($want, $cell) = @_;
    return ref $want ? $cell =~ $want : $cell eq $want;
}

# How many cells two rows have in common; 0 unless at least half of them.
sub likeness {
    my ($want, $row) = @_;
    my $same = grep { ref $want->[$_] ? $row->[$_] =~ $want->[$_] : $row->[$_] eq $want->[$_] } 0 .. $#$want;
    return 2 * $same >= @$want ? $same : 0;
}

# What a column of the gold says of a cell: the cell itself, or its length, or its ends.
sub seen_as {
    my ($aspect, $cell) = @_;
    return $cell if !defined $aspect || $cell eq '';
    utf8::decode($cell);
    return length $cell if $aspect eq 'length';
    my $start = length $cell > 8 ? length($cell) - 8 : 0;
    my $ends = substr($cell, 0, 8) . "\x{2026}" . substr($cell, $start);
    utf8::encode($ends);
    return $ends;
}

# Pairs rows in their order so that most cells agree. Pairs of indices, undef
# where a row has no partner.
sub pair {
    my ($gold, $result) = @_;
    my ($head, $g_end, $r_end) = (0, scalar @$gold, scalar @$result);
    my $same = sub { my ($g, $r) = @_; likeness($gold->[$g], $result->[$r]) == @{$gold->[$g]} };
    $head++ while $head < $g_end && $head < $r_end && $same->($head, $head);
    while ($g_end > $head && $r_end > $head && $same->($g_end - 1, $r_end - 1)) { $g_end--; $r_end-- }

    # best[i][j]: cells that agree between the last rows from i and from j on
    my @best;
    $best[$g_end - $head] = [(0) x ($r_end - $head + 1)];
    for my $i (reverse 0 .. $g_end - $head - 1) {
        my $below = $best[$i + 1];
        my @row = (0) x ($r_end - $head + 1);
        for my $j (reverse 0 .. $r_end - $head - 1) {
            my $value = $below->[$j] > $row[$j + 1] ? $below->[$j] : $row[$j + 1];
            my $paired = likeness($gold->[$head + $i], $result->[$head + $j]);
            $value = $paired + $below->[$j + 1] if $paired && $paired + $below->[$j + 1] > $value;
            $row[$j] = $value;
        }
        $best[$i] = \@row;
    }

    my @pairs = map { [$_, $_] } 0 .. $head - 1;
    my ($i, $j) = (0, 0);
    while ($head + $i < $g_end || $head + $j < $r_end) {
        my ($g, $r) = ($head + $i, $head + $j);
        if ($r == $r_end || ($g < $g_end && $best[$i][$j] == $best[$i + 1][$j])) { push @pairs, [$g, undef]; $i++ }
        elsif ($g == $g_end || $best[$i][$j] == $best[$i][$j + 1]) { push @pairs, [undef, $r]; $j++ }
        else { push @pairs, [$g, $r]; $i++; $j++ }
    }
    return (@pairs, map { [$g_end + $_, $r_end + $_] } 0 .. @$gold - $g_end - 1);
}

my @gold = read_tsv($gold_path);
my @result = read_csv($result_path);
die "$gold_path: is empty\n" unless @gold;
die "$result_path: is empty\n" unless @result;
my @columns = @{shift @gold};
pop @columns;
my %place;
my @header = @{shift @result};
@place{@header[0 .. $#header - 1]} = 0 .. $#header - 1;
my @seen = map { exists $place{$_} ? [$_] : /^(.*)_(length|ends)$/ ? [$1, $2] : [$_] } @columns;
for (@seen) {
    die "$result_path: has no column $_->[0]\n" unless exists $place{$_->[0]};
}
for (@gold) {
    die "$gold_path:$$_[-1]: " . (@$_ - 1) . ' cells, the header has ' . @columns . "\n" if @$_ - 1 != @columns;
}

my @gold_cells;
for my $row (@gold) {
    push @gold_cells, [map { $seen[$_][1] ? $row->[$_] : wanted($row->[$_]) } 0 .. $#columns];
}
my @result_cells;
for my $row (@result) {
    push @result_cells, [map { seen_as($_->[1], $row->[$place{$_->[0]}]) } @seen];
}
my ($passed, $failed) = (0, 0);
for (pair(\@gold_cells, \@result_cells)) {
    my ($g, $r) = @$_;
    if (!defined $r) {
        print "$gold_path:$gold[$g][-1]: row is missing: ", join(' | ', @{$gold[$g]}[0 .. $#columns]), "\n";
    } elsif (!defined $g) {
        print "$result_path:$result[$r][-1]: row too many: ", join(' | ', @{$result_cells[$r]}), "\n";
    } else {
        my @wrong = grep { !agrees($gold_cells[$g][$_], $result_cells[$r][$_]) } 0 .. $#columns;
        for (@wrong) {
            print "$gold_path:$gold[$g][-1]: $columns[$_] should be '$gold[$g][$_]', ",
                "$result_path:$result[$r][-1] has '$result_cells[$r][$_]'\n";
        }
        if (!@wrong) { $passed++; next }
    }
    $failed++;
}
print "$passed passed, $failed failed\n";
exit($failed ? 1 : 0);
