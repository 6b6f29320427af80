#pragma once

#include "capture/SampleRecords.h"
#include "console/ConsoleView.h"
#include "console/RecordTable.h"
#include "shell/MainWindow.h"
#include "shell/Session.h"
#include "shell/Settings.h"
#include "shell/ViewTabs.h"
#include "shell/Views.h"
#include "support/Patience.h"

#include <QFile>
#include <QTemporaryDir>

#include <memory>

namespace sluice::test {

/// A log of a usual format.
inline const QByteArray threeLines = "2026-10-11 22:14:15,123 - app.db - WARNING - slow\n"
                              "2026-10-11 22:14:16,123 - app.db - ERROR - failed\n"
                              "2026-10-11 22:14:17,123 - app.web - INFO - done\n";

/// The real window over a capture that the test fills.
struct ViewFixture
{
    ViewFixture()
        : settings(std::make_unique<Settings>(folder.filePath(QStringLiteral("settings.ini")))),
          session(std::make_unique<Session>(Capture::Options(), folder.filePath(QStringLiteral("data"))))
    {
        // Room for the records: a screen without a display is small.
        settings->setValue(setting::showSidebar, false);
        settings->setValue(setting::showDetail, false);
    }

    /// The program ends, and another session is there; its window is not open yet.
    void endSession()
    {
        window.reset();
        session.reset();
        session = std::make_unique<Session>(Capture::Options(), folder.filePath(QStringLiteral("data")));
    }

    bool open()
    {
        window.reset();
        window = std::make_unique<MainWindow>(*session, *settings);
        window->show();
        // Only an active window takes shortcuts, and a window manager makes it that in its own time.
        return QTest::qWaitForWindowExposed(window.get(), test::patience) && QTest::qWaitForWindowActive(window.get(), test::patience);
    }

    void append(int count, std::string_view logger = "app.db", int levelno = level::Info,
                std::string_view message = "record", double created = 1'700'000'000.25)
    {
        LogRecordBatch batch;
        for (int i = 0; i < count; ++i)
            addRecord(batch, logger, levelno, message, created + i);
        session->capture()->append(pointers(batch));
    }

    /// Writes a file into the folder; returns its path.
    QString write(const QString &name, const QByteArray &text, QIODevice::OpenMode mode = QIODevice::WriteOnly) const
    {
        QFile file(folder.filePath(name));
        if (!file.open(mode) || file.write(text) != text.size())
            qFatal("cannot write %s", qPrintable(file.fileName()));
        return file.fileName();
    }

    ConsoleView *view() const { return window->views()->tabs()->current(); }
    RecordTable *table() const { return view()->table(); }
    int shown() const { return view()->model()->rowCount(); }
    std::optional<std::uint64_t> current() const { return table()->currentRow(); }
    QString cell(int row, int column) const { return view()->model()->cellText(row, column); }
    QString header(int column) const
    {
        return view()->model()->headerData(column, Qt::Horizontal, Qt::DisplayRole).toString();
    }
    QPoint centre(int row, int column) const
    {
        return table()->visualRect(view()->model()->index(row, column)).center();
    }

    QTemporaryDir folder;
    std::unique_ptr<Settings> settings;
    std::unique_ptr<Session> session;
    std::unique_ptr<MainWindow> window;
};

} // namespace sluice::test
