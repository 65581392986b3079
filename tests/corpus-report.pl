#!/usr/bin/perl
# corpus-report: adds up what runs over many texts say of themselves.
#   figures REPORT.csv...      In: what --report wrote. Out: per decade and per kind of
#                              document how many texts gave rows, and what stands in none.
#   agreement GOLD.tsv LOG     In: rows read by hand and what compare.pl said of them.
#                              Out: per column how many cells agree; the rows that do not.
# Only what Debian's perl-base has is used.
use strict;
use warnings;

# Places whose texts nobody looks at while rules are written: about a third, told by
# the sum of the bytes of their names, so that the choice is nobody's.
sub held_back { my ($place) = @_; return unpack('%32C*', $place) % 3 == 0 }

# What an id says: `PLACE-YEAR`, `city_YEAR_what`, `province_city_YEAR_what`.
sub place_of { my ($id) = @_; return $id =~ /^(.+)-\d{4}$/ ? $1 : $id =~ /([a-z]+)_\d{4}_/ ? $1 : $id }
sub decade_of { my ($id) = @_; return $id =~ /[-_](\d{3})\d(?:_|$)/ ? "${1}0s" : 'no year' }

sub read_reports {
    my (%texts, @order);
    for my $path (@_) {
        open(my $in, '<', $path) or die "$path: $!\n";
        <$in>;
        while (<$in>) {
            chomp;
            my ($id, $what, $kind, $count) = split /,/;
            push @order, $id unless $texts{$id};
            my $text = $texts{$id} ||= {id => $id, kind => ''};
            $text->{kind} ||= $kind if $what eq 'documents';
            $text->{rows} += $count if $what eq 'rows';
            $text->{"$what $kind"} += $count;
        }
    }
    return map { $texts{$_} } @order;
}

my @passed_over = (
    ['targets' => 'missed targets'], ['paragraphs' => 'missed paragraph'], ['tables' => 'missed table'],
    map { [$_ => "unread $_"] } qw(unknown narrative change share bracket effort date ordinal));

sub line {
    my ($name, @texts) = @_;
    my ($rows, $with) = (0, 0);
    for (@texts) { $rows += $_->{rows}; $with++ if $_->{rows} }
    my @counts = map { my $key = $_->[1]; my $sum = 0; $sum += $_->{$key} || 0 for @texts; $sum } @passed_over;
    printf "%-24s%6d%10d%10.1f  " . ('%11d' x @counts) . "\n", $name, scalar @texts, $with,
        $with ? $rows / $with : 0, @counts;
}

sub figures {
    my @texts = read_reports(@_);
    printf "%-24s%6s%10s%10s    %-33s  %s\n", '', 'texts', 'with rows', 'rows each', 'gave no row', 'figures in no row';
    printf "%52s" . ('%11s' x @passed_over) . "\n", '', map { $_->[0] } @passed_over;
    line('all', @texts);
    my (%decade, %kind, %held);
    for (@texts) {
        push @{$decade{decade_of($_->{id})}}, $_;
        push @{$kind{$_->{kind} || 'no title'}}, $_;
        push @{$held{held_back(place_of($_->{id})) ? 'places held back' : 'other places'}}, $_;
    }
    for my $group (\%decade, \%kind, \%held) {
        print "\n";
        line($_, @{$group->{$_}}) for sort keys %$group;
    }
}

sub agreement {
    my ($gold, $log) = @_;
    open(my $in, '<', $gold) or die "$gold: $!\n";
    chomp(my $header = <$in>);
    my @columns = split /\t/, $header;
    my $rows = () = <$in>;
    my ($missing, $many, %wrong, @differing) = (0, 0);
    open($in, '<', $log) or die "$log: $!\n";
    while (<$in>) {
        next if /^\d+ passed, \d+ failed$/;
        push @differing, $_;
        if (/: row is missing: /) { $missing++ }
        elsif (/: row too many: /) { $many++ }
        elsif (/^\S+:\d+: (\w+) should be /) { $wrong{$1}++ }
        else { die "$log: cannot be read: $_" }
    }
    printf "\n%s: %d rows, %d missing, %d too many; cells that agree:\n   ", $gold, $rows, $missing, $many;
    printf ' %s %d', $_, $rows - $missing - ($wrong{$_} || 0) for @columns;
    print "\n", map { "    $_" } @differing;
}

my $what = shift || '';
if ($what eq 'figures') { figures(@ARGV) }
elsif ($what eq 'agreement' && @ARGV == 2) { agreement(@ARGV) }
else { die "usage: corpus-report.pl figures REPORT.csv... | agreement GOLD.tsv LOG\n" }
