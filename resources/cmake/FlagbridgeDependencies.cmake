# Every library Flagbridge stands on; the README's table says why each is here.
set(QT_NO_CREATE_VERSIONLESS_FUNCTIONS OFF)
find_package(Threads REQUIRED)
find_package(OpenSSL 3.0 REQUIRED)
find_package(Boost 1.81 REQUIRED COMPONENTS json)
find_package(fmt REQUIRED)
find_package(tl-expected REQUIRED)
find_package(yaml-cpp REQUIRED)
find_package(PkgConfig REQUIRED)
pkg_check_modules(PCRE2 REQUIRED IMPORTED_TARGET libpcre2-8)
pkg_check_modules(ZSTD REQUIRED IMPORTED_TARGET libzstd)
pkg_check_modules(SODIUM REQUIRED IMPORTED_TARGET libsodium)
pkg_check_modules(SQLITE3 REQUIRED IMPORTED_TARGET sqlite3)
pkg_check_modules(PROTOBUF_LITE REQUIRED IMPORTED_TARGET protobuf-lite)
find_program(PROTOC protoc REQUIRED)

find_package(Qt6 6.4 REQUIRED COMPONENTS Core Network Sql Test)
find_package(Qt6Keychain REQUIRED)
if(FB_BUILD_CONSOLE)
  find_package(Qt6 6.4 REQUIRED COMPONENTS DBus Gui Xml Widgets Charts Svg LinguistTools)
endif()

find_program(CCACHE ccache)
if(CCACHE)
  # base_dir and hash_dir let several checkouts share one cache
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CMAKE_COMMAND} -E env CCACHE_BASEDIR=${CMAKE_SOURCE_DIR} CCACHE_NOHASHDIR=1
      CCACHE_SLOPPINESS=pch_defines,time_macros,include_file_mtime,include_file_ctime ${CCACHE})
endif()
