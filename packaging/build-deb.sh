#!/usr/bin/env bash
# Makes dist/qarelay_VERSION_ARCH.deb of the release build. Needs dpkg-deb and what `make run` needs; no root.
set -euo pipefail
cd "$(dirname "$0")/.."
version=$(grep -oE 'static let current = "[^"]+"' Sources/QAShared/ProgramVersion.swift | cut -d'"' -f2)
if [ "${1:-}" = --version ]; then
    echo "$version"
    exit
fi
architecture=$(dpkg --print-architecture)
root=.build/deb/root
programs=(qarelay qaclient)

echo "== Building the programs with Swift's own libraries inside"
for program in "${programs[@]}"; do
    swift build -c release --static-swift-stdlib --scratch-path .build/deb/build --product "$program" -q
done

rm -rf "$root"
install -d "$root"/{DEBIAN,usr/bin,usr/share/qarelay,usr/share/doc/qarelay/examples,usr/share/man/man1,usr/lib/systemd/system,etc/qarelay,lib}
rmdir "$root/lib"
for program in "${programs[@]}"; do
    install -m 755 ".build/deb/build/release/$program" "$root/usr/bin/$program"
    strip --strip-unneeded "$root/usr/bin/$program"
    gzip -9n <"packaging/$program.1" >"$root/usr/share/man/man1/$program.1.gz"
done
cp -r web language "$root/usr/share/qarelay/"
install -m 644 packaging/qarelay.service packaging/qarelay-venue@.service "$root/usr/lib/systemd/system/"
install -m 644 packaging/hub.conf "$root/etc/qarelay/hub.conf"
install -m 644 events/rencontres-numeriques-2009.yaml packaging/venue.conf.example packaging/nginx.conf packaging/haproxy.cfg \
    "$root/usr/share/doc/qarelay/examples/"
# What they name lies beside them.
install -m 644 docs/OPERATING.md docs/METRICS.md docs/CERTIFICATES.md docs/SIGN-IN.md SECURITY.md README.md packaging/copyright \
    "$root/usr/share/doc/qarelay/"
gzip -9n <CHANGELOG.md >"$root/usr/share/doc/qarelay/changelog.gz"
find "$root/usr/share" "$root/etc" -type f -exec chmod 644 {} +
find "$root" -type d -exec chmod 755 {} +

# The packages of the libraries that the programs are linked to, as this system names them.
depends=$(ldd "$root/usr/bin/qarelay" "$root/usr/bin/qaclient" | grep -oE '/[^ ]+\.so[^ ]*' | sort -u | while read -r library; do
    dpkg -S "$library" 2>/dev/null || dpkg -S "$(readlink -f "$library")" 2>/dev/null || dpkg -S "${library#/usr}" 2>/dev/null || {
        echo "No package has $library: install what “make run” asks for." >&2
        exit 1
    }
done | cut -d: -f1 | sort -u | paste -sd, | sed 's/,/, /g')
size=$(du -sk --exclude=DEBIAN "$root" | cut -f1)
sed -e "s/@VERSION@/$version/; s/@ARCHITECTURE@/$architecture/; s/@SIZE@/$size/" \
    -e "s/@DEPENDS@/adduser, libwebsockets-evlib-ev, $depends/" packaging/debian/control >"$root/DEBIAN/control"
install -m 755 packaging/debian/postinst packaging/debian/prerm packaging/debian/postrm "$root/DEBIAN/"
echo /etc/qarelay/hub.conf >"$root/DEBIAN/conffiles"
(cd "$root" && find usr etc -type f -exec md5sum {} + | sort -k 2 >DEBIAN/md5sums)
mkdir -p dist
dpkg-deb --root-owner-group --build "$root" "dist/qarelay_${version}_${architecture}.deb" >/dev/null
echo "dist/qarelay_${version}_${architecture}.deb"
