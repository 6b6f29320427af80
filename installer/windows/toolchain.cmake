# Cross-compiles for 64-bit Windows against what installer/windows/setup has put into build/windows-deps; the
# programs run under Wine.
include(${CMAKE_CURRENT_LIST_DIR}/../../build/windows-deps/mingw-toolchain.cmake)
set(CMAKE_CROSSCOMPILING_EMULATOR ${CMAKE_CURRENT_LIST_DIR}/../../tests/windows/wine)
