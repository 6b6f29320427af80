# Installs the library into a folder of its own, builds the consumer with what is there, and runs it.
function(must)
    execute_process(COMMAND ${ARGN} RESULT_VARIABLE result OUTPUT_VARIABLE output ERROR_VARIABLE output)
    if(NOT result EQUAL 0)
        message(FATAL_ERROR "${ARGN} failed (${result}):\n${output}")
    endif()
endfunction()

file(REMOVE_RECURSE ${FOLDER})
set(ENV{CMAKE_CXX_COMPILER_LAUNCHER} "${LAUNCHER}") # a list, which no argument would stay
must(${CMAKE_COMMAND} --install ${BUILD} --component library --prefix ${FOLDER}/installed)
must(${CMAKE_COMMAND} -G ${GENERATOR} -S ${CONSUMER} -B ${FOLDER}/build -D CMAKE_PREFIX_PATH=${FOLDER}/installed
    -D CMAKE_CXX_COMPILER=${COMPILER})
must(${CMAKE_COMMAND} --build ${FOLDER}/build)
must(${FOLDER}/build/consumer ${FOLDER})
