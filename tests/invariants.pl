#!/usr/bin/perl
# invariants: checks what always holds of the folder of a run, whatever the text.
# In: a run folder, and the input that it was made from (may be left out).
# Out: a line per breach, FILE:LINE: what does not hold; one line per check with
# the number of things looked at. Exit status 1 if anything does not hold.
# Only what Debian's perl-base has is used.
use strict;
use warnings;
use utf8;

die "usage: invariants.pl RUN [INPUT]\n" if @ARGV < 1 || @ARGV > 2;
my ($run, $input) = @ARGV;
binmode STDOUT, ':utf8';
my ($breaches, $shown, $looked) = (0, 0, 0);

# The contract's columns, sections 3 to 5 and 10.
my %COLUMNS = (
    indicators => 'gazette,part,place,table,year,category,no,name,concept,nature,measure,item,text,kind,'
        . 'value,value_to,bound,unit,doubt,page,line_from,line_to',
    budget => 'gazette,part,place,year,phase,level,account,role,item,concept,amount,unit,change_pct,'
        . 'change_base,budget_pct,note,text,doubt,page,line_from,line_to',
    projects => 'gazette,part,place,year,no,name,category,status,lead,support,background,content,goals,'
        . 'funding,funding_amount,funding_unit,adopted_no,doubt,page,line_from,line_to',
    unread => 'gazette,part,page,line,figure,unit,text,reason',
);

# What a cell may be, by table and column; empty is allowed unless the column is
# in %NEVER_EMPTY.
my $NUMBER = qr/-?\d+(?:\.\d+)?/;
my %FORM = (
    'indicators.nature'      => qr/binding|expected/,
    'indicators.measure'     => qr/target|estimate|actual|previous/,
    'indicators.kind'        => qr/growth|level|text/,
    'indicators.bound'       => qr/about|at_least|at_most/,
    'indicators.no'          => qr/\d+/,
    'indicators.item'        => qr/[1-9]\d*/,
    'indicators.value'       => $NUMBER,
    'indicators.value_to'    => $NUMBER,
    'budget.phase'           => qr/executed|budget|final/,
    'budget.account'         => qr/一般公共预算|政府性基金|国有资本经营|社会保险基金|政府债务/,
    'budget.role'            => qr/main|part|add|less|total|balance/,
    'budget.amount'          => $NUMBER,
    'budget.change_pct'      => $NUMBER,
    'budget.budget_pct'      => $NUMBER,
    'projects.status'        => qr/candidate|adopted|completed/,
    'projects.no'            => qr/\d+/,
    'projects.adopted_no'    => qr/\d+/,
    'projects.funding_amount' => $NUMBER,
    'unread.figure'          => $NUMBER,
    'unread.reason'          => qr/date|ordinal|share|change|narrative|bracket|effort|unknown/,
);
my %NEVER_EMPTY = map { $_ => 1 } qw(indicators.measure indicators.kind indicators.item indicators.text
    budget.role budget.amount budget.text projects.name unread.figure unread.unit unread.text unread.reason);

# Columns whose figures must stand in the lines that the row points to.
my %FIGURES = (
    indicators => [qw(value value_to)],
    budget     => [qw(amount change_pct budget_pct)],
    projects   => [qw(funding_amount)],
    unread     => [qw(figure)],
);
# Columns whose numbered points are kept apart by newlines.
my %POINTS = map { $_ => 1 } qw(projects.background projects.content projects.goals projects.funding);

# Compatibility ideographs and Kangxi radicals have a unified ideograph to fold
# to; twelve characters of the compatibility block are unified themselves.
my $UNFOLDED = qr/[\x{2F00}-\x{2FD5}\x{2F800}-\x{2FA1D}\x{FF10}-\x{FF19}\x{FF21}-\x{FF3A}\x{FF41}-\x{FF5A}\x{FF05}]
    |(?![\x{FA0E}\x{FA0F}\x{FA11}\x{FA13}\x{FA14}\x{FA1F}\x{FA21}\x{FA23}\x{FA24}\x{FA27}-\x{FA29}])[\x{F900}-\x{FAD9}]/x;
my $SPACE = qr/[\s\x{FEFF}]/;

sub breach {
    my ($where, $what) = @_;
    $breaches++;
    print "$where: $what\n" if $shown++ < 200;
}

# A file as text; its bytes must be UTF-8.
sub slurp {
    my ($path) = @_;
    open(my $in, '<:raw', $path) or do { breach($path, "cannot be read: $!"); return undef };
    local $/;
    my $text = <$in>;
    close($in);
    $text = '' unless defined $text;
    breach($path, 'is not UTF-8') unless utf8::decode($text);
    return $text;
}

sub report {
    my ($what) = @_;
    printf "%s: %d looked at, %d do not hold\n", $what, $looked, $breaches - $main::before;
    ($looked, $main::before) = (0, $breaches);
}
our $before = 0;

# The lines of a text whose lines end in LF.
sub lines_of {
    my ($text) = @_;
    my @lines = split /\n/, $text, -1;
    pop @lines if @lines && $lines[-1] eq '';
    return @lines;
}

# 7.1: every character of the input is in decoded.txt, line by line. Control
# characters and bytes that are no text became U+FFFD: they are left out on both
# sides. Only for inputs in UTF-8.
sub check_decoded {
    my ($decoded, $path) = @_;
    open(my $in, '<:raw', $path) or return breach($path, "cannot be read: $!");
    local $/;
    my $text = <$in>;
    close($in);
    return unless utf8::decode($text);
    my @source = split /\r\n|\n|\r/, $text, -1;
    pop @source if @source && $source[-1] eq '';
    for my $i (0 .. ($#source > $#$decoded ? $#source : $#$decoded)) {
        my @sides = map { defined $_->[$i] ? $_->[$i] : '' } \@source, $decoded;
        s/[\s\x{FEFF}\x{FFFD}\p{Cc}]+//g for @sides;
        $looked++;
        breach("$run/decoded.txt:" . ($i + 1), 'is not what stands in this line of the input') if $sides[0] ne $sides[1];
    }
    report('lines of the input in decoded.txt');
}

# A file of records: a list of hashes by column, with the line it stands in.
sub read_records {
    my ($path) = @_;
    my $text = slurp($path);
    return () unless defined $text;
    breach($path, 'does not end in a newline') unless $text =~ /\n\z/;
    my @lines = lines_of($text);
    my @columns = split /\t/, shift @lines, -1;
    my @records;
    for my $i (0 .. $#lines) {
        my @cells = split /\t/, $lines[$i], -1;
        breach("$path:" . ($i + 2), @cells . ' columns, the header has ' . @columns) if @cells != @columns;
        my %record = (line => $i + 2);
        for my $c (0 .. $#columns) {
            my $cell = defined $cells[$c] ? $cells[$c] : '';
            breach("$path:" . ($i + 2), "unknown escape in $columns[$c]") if $cell =~ /(?<!\\)(?:\\\\)*\\[^tnr\\]/;
            $cell =~ s/\\([tnr\\])/{t => "\t", n => "\n", r => "\r", '\\' => '\\'}->{$1}/ge;
            $record{$columns[$c]} = $cell;
        }
        push @records, \%record;
    }
    return @records;
}

# 7.2: every character other than white space is in exactly one record; and what
# a record says was printed is what its pieces hold. Returns the printed page
# numbers as pieces.
sub check_pieces {
    my ($decoded, $file) = @_;
    my $path = "$run/$file";
    my @owner = map { [] } @$decoded;    # by line and column: the record's line in the file
    my @page_numbers;
    for my $record (read_records($path)) {
        my $where = "$path:$record->{line}";
        my @printed;
        for my $piece (split /,/, $record->{pieces}) {
            my ($line, $from, $to) = $piece =~ /^(\d+):(\d+)-(\d+)$/;
            $looked++;
            if (!defined $to) { breach($where, "piece '$piece' is not line:from-to"); next }
            if ($line < 1 || $line > @$decoded || $from > $to || $to > length $decoded->[$line - 1]) {
                breach($where, "piece $piece is not in decoded.txt");
                next;
            }
            push @printed, substr($decoded->[$line - 1], $from, $to - $from);
            push @page_numbers, [$line, $from, $to] if $record->{type} =~ /^page.number$/;
            for my $column ($from .. $to - 1) {
                my $other = $owner[$line - 1][$column];
                breach($where, "character $line:$column is in line $other of the file too")
                    if $other && substr($decoded->[$line - 1], $column, 1) !~ $SPACE;
                $owner[$line - 1][$column] = $record->{line};
            }
        }
        if (defined $record->{printed} && join("\n", @printed) ne $record->{printed}) {
            breach($where, 'printed is not what its pieces hold');
        }
    }
    for my $i (0 .. $#$decoded) {
        while ($decoded->[$i] =~ /[^\s\x{FEFF}]+/g) {
            my ($from, $to) = ($-[0], $+[0]);
            my @lost = grep { !$owner[$i][$_] } $from .. $to - 1;
            breach("$path", 'line ' . ($i + 1) . ' of decoded.txt: ' . @lost . " characters in no record, from column $lost[0]")
                if @lost;
        }
    }
    report("pieces of $file");
    return @page_numbers;
}

# Section 2: a CSV as rows of cells. Quotes only where needed, LF ends.
sub read_csv {
    my ($path) = @_;
    my $text = slurp($path);
    return () unless defined $text;
    breach($path, 'begins with a byte order mark') if $text =~ /^\x{FEFF}/;
    breach($path, 'holds a carriage return') if $text =~ /\r/;
    breach($path, 'does not end in a newline') unless $text =~ /\n\z/;
    my ($line, @rows, @row) = (1);
    my $started = 1;
    pos($text) = 0;
    while (pos($text) < length $text) {
        my $cell;
        $started = $line unless @row;
        if ($text =~ /\G"((?:[^"]|"")*)"(?=[,\n])/gc) {
            $cell = $1;
            breach("$path:$line", 'quotes that are not needed') unless $cell =~ /[",\n]/;
            $line += ($cell =~ tr/\n//);
            $cell =~ s/""/"/g;
        } elsif ($text =~ /\G([^",\n]*)(?=[,\n])/gc) {
            $cell = $1;
        } else {
            breach("$path:$line", 'is not CSV');
            last;
        }
        push @row, $cell;
        next if $text =~ /\G,/gc;
        $text =~ /\G\n/gc;
        push @rows, [$started, @row];
        @row = ();
        $line++;
    }
    return @rows;
}

# One cell by the conventions of section 2 and the closed lists of the tables.
sub check_cell {
    my ($where, $column, $cell) = @_;
    $looked++;
    if ($cell eq '') {
        breach($where, "$column is empty") if $NEVER_EMPTY{$column};
        return;
    }
    my $form = $FORM{$column};
    breach($where, "$column may not be '$cell'") if $form && $cell !~ /^(?:$form)\z/;
    breach($where, "$column holds a character that is not folded: '$cell'") if $cell =~ $UNFOLDED;
    my $spaces = $cell;
    $spaces =~ s/\n(?=\S)//g if $POINTS{$column};
    $spaces =~ s/(?<=[A-Za-z0-9]) (?=[A-Za-z0-9])//g;
    breach($where, "$column holds white space that should go: '$cell'") if $spaces =~ $SPACE;
}

# 7.3: whether the digits of a figure stand in a text, after folding widths,
# separators, spaces and a break inside the figure.
sub figure_in {
    my ($figure, $text) = @_;
    $figure =~ s/^-//;
    my $digits = join '[\s,，]*', map { $_ eq '.' ? '[.．]' : $_ } split //, $figure;
    return $text =~ /(?<![0-9])(?<![0-9][.．])$digits(?![0-9]|[.．][0-9])/;
}

sub check_figures {
    my ($where, $row, $table, $lines, $bare) = @_;
    my ($from, $to) = @{$row}{qw(line_from line_to)};
    my @numbers = @{$FIGURES{$table}};
    for my $column (@numbers) {
        my $figure = $row->{$column};
        next if $figure !~ /^$NUMBER\z/;
        $looked++;
        # a page number may stand in the middle of a figure: once with, once without
        next if grep { figure_in($figure, join "\n", @{$_}[$from - 1 .. $to - 1]) } $lines, $bare;
        breach($where, "$column $figure is not found in lines $from to $to");
    }
}

sub check_table {
    my ($table, $lines, $bare) = @_;
    my $path = "$run/$table.csv";
    my @rows = read_csv($path);
    my $header = shift @rows;
    return breach($path, 'has no header') unless $header;
    my (undef, @columns) = @$header;
    breach("$path:1", "the header is not the contract's") if join(',', @columns) ne $COLUMNS{$table};
    my ($gazette) = $run =~ m{([^/]+)/*$};
    for (@rows) {
        my ($line, @cells) = @$_;
        my $where = "$path:$line";
        breach($where, @cells . ' cells, the header has ' . @columns) if @cells != @columns;
        my %row = map { $columns[$_] => defined $cells[$_] ? $cells[$_] : '' } 0 .. $#columns;
        check_cell($where, "$table.$_", $row{$_}) for grep { $_ ne 'gazette' } @columns;
        my $id = $gazette;
        utf8::decode($id);
        breach($where, "gazette is '$row{gazette}', the folder is '$id'") if $row{gazette} ne $id;
        if ($table eq 'unread') {    # a figure may run on into the next lines
            $row{line_from} = $row{line};
            $row{line_to} = $row{line} =~ /^\d+\z/ && $row{line} + 3 < @$lines ? $row{line} + 3 : @$lines;
        }
        breach($where, "year may not be '$row{year}'") if ($row{year} // '') !~ /^(?:\d{4})?\z/;
        breach($where, "page may not be '$row{page}'") if $row{page} !~ /^\d*\z/;
        if ("$row{line_from} $row{line_to}" !~ /^[1-9]\d* [1-9]\d*\z/ || $row{line_from} > $row{line_to} || $row{line_to} > @$lines) {
            breach($where, "lines '$row{line_from}' to '$row{line_to}' are not in decoded.txt");
            next;
        }
        check_figures($where, \%row, $table, $lines, $bare);
    }
    report("cells of $table.csv");
}

sub fold {
    my ($text) = @_;
    $text =~ tr/０-９Ａ-Ｚａ-ｚ％/0-9A-Za-z%/;
    return $text;
}

my $text = slurp("$run/decoded.txt");
exit 1 unless defined $text;
breach("$run/decoded.txt", 'holds a carriage return') if $text =~ /\r/;
my @decoded = lines_of($text);
check_decoded(\@decoded, $input) if defined $input;
my @page_numbers;
@page_numbers = check_pieces(\@decoded, $_) for qw(segmented.tsv normalised.tsv classified.tsv);

my @lines = map { fold($_) } @decoded;
my @bare = @lines;
substr($bare[$_->[0] - 1], $_->[1], $_->[2] - $_->[1]) = ' ' x ($_->[2] - $_->[1]) for @page_numbers;
check_table($_, \@lines, \@bare) for qw(indicators budget projects unread);
print "... and more\n" if $shown > 200;
exit($breaches ? 1 : 0);
