#pragma once

#include "capture/SampleRecords.h"
#include "console/ConsoleView.h"
#include "console/RecordTable.h"
#include "shell/MainWindow.h"
#include "shell/Session.h"
#include "shell/Settings.h"
#include "shell/ViewTabs.h"
#include "shell/Views.h"

#include <QTemporaryDir>
#include <QTest>

#include <memory>

namespace sluice::test {

/// The real window over a capture that the test fills.
struct ViewFixture
{
    ViewFixture()
        : settings(std::make_unique<Settings>(folder.filePath(QStringLiteral("settings.ini")))),
          session(std::make_unique<Session>(Capture::Options()))
    {
        // Room for the records: a screen without a display is small.
        settings->setValue(setting::showSidebar, false);
        settings->setValue(setting::showDetail, false);
    }

    bool open()
    {
        window.reset();
        window = std::make_unique<MainWindow>(*session, *settings);
        window->show();
        return QTest::qWaitForWindowExposed(window.get());
    }

    void append(int count, std::string_view logger = "app.db", int levelno = level::Info,
                std::string_view message = "record", double created = 1'700'000'000.25)
    {
        LogRecordBatch batch;
        for (int i = 0; i < count; ++i)
            addRecord(batch, logger, levelno, message, created + i);
        session->capture()->append(pointers(batch));
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
