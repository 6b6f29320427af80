# Headers of the systems beneath us, read once for a target instead of once for each source: most of the time that a build takes
# is theirs. None of ours is among them, so that a change of ours never makes them again. Off where it is not asked for: what is
# built without them, as the preset `release`, shows an include that a file forgot.
option(SLUICE_PRECOMPILE "Read the headers of Qt and the standard library once" OFF)

set(SLUICE_HEADERS_CORE
    <algorithm> <array> <atomic> <charconv> <chrono> <cmath> <condition_variable> <cstdint> <cstdio> <cstring> <deque> <filesystem>
    <functional> <limits> <map> <memory> <mutex> <optional> <random> <ranges> <set> <span> <string> <string_view> <thread>
    <unordered_map> <utility> <variant> <vector>
    <QByteArray> <QDateTime> <QDir> <QFile> <QFileInfo> <QJsonArray> <QJsonDocument> <QJsonObject> <QObject> <QString> <QStringList>
    <QTimer>)
set(SLUICE_HEADERS_WIDGETS
    <QAbstractItemModel> <QAction> <QApplication> <QBoxLayout> <QComboBox> <QKeyEvent> <QLabel> <QLineEdit> <QListView> <QMenu>
    <QMouseEvent> <QPainter> <QPushButton> <QScrollBar> <QStyledItemDelegate> <QTableView> <QToolButton> <QTreeView> <QWidget>)
set(SLUICE_HEADERS_TEST <QTest> <QSignalSpy> <QTemporaryDir> <QTcpServer> <QTcpSocket>)

function(sluice_precompile target)
    if(SLUICE_PRECOMPILE)
        target_precompile_headers(${target} PRIVATE ${ARGN})
        # By content, as ccache has them: not by the time of a file that another clone wrote.
        target_compile_options(${target} PRIVATE "$<$<CXX_COMPILER_ID:Clang>:SHELL:-Xclang -fno-pch-timestamp>")
    endif()
endfunction()

# Another target's, which is compiled with the same options.
function(sluice_share_precompiled target owner)
    if(SLUICE_PRECOMPILE)
        target_precompile_headers(${target} REUSE_FROM ${owner})
    endif()
endfunction()
