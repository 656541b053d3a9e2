# fb_options: warnings as errors, hardening, the chosen sanitizer. Every target links it PRIVATE.
add_library(fb_options INTERFACE)
target_compile_options(fb_options INTERFACE
  -Wall -Wextra -Wpedantic -Wconversion -Wold-style-cast -Woverloaded-virtual -Wnon-virtual-dtor -Werror
  -Wno-missing-field-initializers # designated initializers leave members at their defaults on purpose
  -fstack-protector-strong
  $<$<CXX_COMPILER_ID:GNU>:-Wshadow=local>
  $<$<CXX_COMPILER_ID:GNU>:-fpch-preprocess>)
target_compile_definitions(fb_options INTERFACE
  QT_NO_CAST_FROM_ASCII QT_NO_CAST_TO_ASCII QT_NO_FOREACH QT_NO_NARROWING_CONVERSIONS_IN_CONNECT
  QT_DISABLE_DEPRECATED_BEFORE=0x060400
  $<$<CONFIG:Release>:_FORTIFY_SOURCE=3 _GLIBCXX_ASSERTIONS>)
if(CMAKE_UNITY_BUILD)
  # what is local to one file is no longer local to the main file, which GCC warns about
  target_compile_options(fb_options INTERFACE $<$<CXX_COMPILER_ID:GNU>:-Wno-subobject-linkage>)
endif()
if(FB_SANITIZE)
  target_compile_options(fb_options INTERFACE -fsanitize=${FB_SANITIZE} -fno-sanitize-recover=all)
  target_link_options(fb_options INTERFACE -fsanitize=${FB_SANITIZE})
  target_compile_definitions(fb_options INTERFACE FB_SANITIZED)
  # GCC 12 sees ghosts in instrumented std::string code
  target_compile_options(fb_options INTERFACE $<$<CXX_COMPILER_ID:GNU>:-Wno-maybe-uninitialized>
    $<$<CXX_COMPILER_ID:GNU>:-Wno-tsan>)
endif()
if(FB_BUILD_FUZZERS)
  # libFuzzer steers by coverage, so every library needs its counters
  target_compile_options(fb_options INTERFACE -fsanitize=fuzzer-no-link)
endif()
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  target_link_options(fb_options INTERFACE -fuse-ld=gold)
endif()

# Generated code (moc, protobuf) is not ours to warn about.
add_library(fb_relaxed INTERFACE)
target_compile_options(fb_relaxed INTERFACE -w -fstack-protector-strong)
if(FB_SANITIZE)
  target_compile_options(fb_relaxed INTERFACE -fsanitize=${FB_SANITIZE} -fno-sanitize-recover=all)
endif()
