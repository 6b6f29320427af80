# What `cmake --install` leaves: the programs, and the library for others, found by find_package(Sluice) as
# sluice::handlers. Headers stand by room: #include <handler/FileHandler.h>.
include(GNUInstallDirs)
include(CMakePackageConfigHelpers)

set(package ${CMAKE_INSTALL_LIBDIR}/cmake/Sluice)
install(TARGETS sluice_handlers EXPORT SluiceTargets ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR} COMPONENT library)
install(DIRECTORY ${CMAKE_SOURCE_DIR}/handlers/ DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/sluice COMPONENT library
    FILES_MATCHING PATTERN "*.h")
install(EXPORT SluiceTargets NAMESPACE sluice:: DESTINATION ${package} COMPONENT library)
configure_package_config_file(cmake/SluiceConfig.cmake.in ${CMAKE_BINARY_DIR}/SluiceConfig.cmake INSTALL_DESTINATION ${package})
write_basic_package_version_file(${CMAKE_BINARY_DIR}/SluiceConfigVersion.cmake COMPATIBILITY SameMinorVersion)
install(FILES ${CMAKE_BINARY_DIR}/SluiceConfig.cmake ${CMAKE_BINARY_DIR}/SluiceConfigVersion.cmake cmake/Re2.cmake cmake/Zstd.cmake
    DESTINATION ${package} COMPONENT library)

install(TARGETS sluicectl RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR} COMPONENT programs)
if(SLUICE_UI)
    install(TARGETS sluice RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR} COMPONENT programs)
endif()

install(FILES ${CMAKE_SOURCE_DIR}/resources/sluice-project.schema.json DESTINATION ${CMAKE_INSTALL_DATADIR}/sluice COMPONENT programs)
if(SLUICE_UI AND UNIX AND NOT APPLE)
    # A double click on a project opens it.
    install(FILES ${CMAKE_SOURCE_DIR}/resources/sluice.desktop DESTINATION ${CMAKE_INSTALL_DATADIR}/applications COMPONENT programs)
    install(FILES ${CMAKE_SOURCE_DIR}/resources/sluice-mime.xml DESTINATION ${CMAKE_INSTALL_DATADIR}/mime/packages RENAME sluice.xml COMPONENT programs)
    foreach(size IN ITEMS 16 24 32 48 64 128 256)
        install(FILES ${CMAKE_SOURCE_DIR}/resources/icons/png/sluice-${size}.png
            DESTINATION ${CMAKE_INSTALL_DATADIR}/icons/hicolor/${size}x${size}/apps RENAME sluice.png COMPONENT programs)
    endforeach()
endif()
