# Warnings and sanitizers for every target, and ccache where it is installed.
find_program(SLUICE_CCACHE ccache)
if(SLUICE_CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
    # It takes sources with precompiled headers only if told to leave aside what could differ in them unseen: macros that the header
    # does not name, __TIME__. It reads such a header, of 200 MB, for each source unless it may remember what it read.
    set(CMAKE_CXX_COMPILER_LAUNCHER ${CMAKE_COMMAND} -E env CCACHE_SLOPPINESS=pch_defines,time_macros CCACHE_INODECACHE=1 ${SLUICE_CCACHE})
    if(CMAKE_CXX_COMPILER_ID STREQUAL "Clang" AND UNIX)
        set(CMAKE_CXX_COMPILER_LAUNCHER ${CMAKE_CURRENT_LIST_DIR}/ccache-clang)
    endif()
endif()

# Some hundred tests are linked, each in a second instead of five.
find_program(SLUICE_LLD ld.lld)
if(SLUICE_LLD AND CMAKE_BUILD_TYPE STREQUAL "Debug" AND NOT WIN32 AND NOT APPLE)
    add_link_options(-fuse-ld=lld)
endif()

add_compile_options(-Wall -Wextra -Wpedantic -Wnon-virtual-dtor -Woverloaded-virtual -Wno-missing-field-initializers)
add_compile_definitions(QT_NO_KEYWORDS QT_NO_CAST_FROM_ASCII QT_NO_CAST_TO_ASCII QT_NO_FOREACH)

if(SLUICE_SANITIZE)
    add_compile_options(-fsanitize=${SLUICE_SANITIZE} -fno-omit-frame-pointer -g1)
    add_link_options(-fsanitize=${SLUICE_SANITIZE})
    if(SLUICE_FUZZERS)
        add_compile_options(-fsanitize=fuzzer-no-link) # what the fuzzers see of the library; its tests run with it as well
    endif()
    if(SLUICE_SANITIZE MATCHES undefined)
        add_compile_options(-fno-sanitize-recover=undefined)
    endif()
endif()

if(WIN32)
    # windows.h without min() and max(), and without what nobody here needs of it; Windows 10.
    add_compile_definitions(NOMINMAX WIN32_LEAN_AND_MEAN UNICODE _UNICODE _WIN32_WINNT=0x0A00)
endif()
