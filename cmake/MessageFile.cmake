# sluice-messages.dll: a message table and nothing else, from handlers/handler/sluice-messages.mc.
enable_language(RC)
find_program(SLUICE_WINDMC NAMES x86_64-w64-mingw32-windmc windmc mc REQUIRED)
set(source ${CMAKE_SOURCE_DIR}/handlers/handler/sluice-messages.mc)
set(folder ${CMAKE_BINARY_DIR}/messages)
file(MAKE_DIRECTORY ${folder})
add_custom_command(OUTPUT ${folder}/sluice-messages.rc DEPENDS ${source}
    COMMAND ${SLUICE_WINDMC} -h ${folder} -r ${folder} ${source} VERBATIM)
add_library(sluice_messages MODULE ${folder}/sluice-messages.rc)
set_target_properties(sluice_messages PROPERTIES PREFIX "" OUTPUT_NAME sluice-messages LINKER_LANGUAGE CXX
    LIBRARY_OUTPUT_DIRECTORY ${CMAKE_RUNTIME_OUTPUT_DIRECTORY})
if(MINGW)
    target_link_options(sluice_messages PRIVATE -nostdlib -nostartfiles -Wl,--entry=0)
    set_target_properties(sluice_messages PROPERTIES CXX_STANDARD_LIBRARIES "")
endif()
install(TARGETS sluice_messages LIBRARY DESTINATION ${CMAKE_INSTALL_BINDIR} COMPONENT programs)
