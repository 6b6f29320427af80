// Not a test but a measurement: how long the window's event loop is held up, at worst, while records pour in.
// Prints records, seconds until all are shown, and the longest gap in milliseconds.
//   Flood [RECORDS]
#include "capture/SampleRecords.h"
#include "console/ConsoleView.h"
#include "console/FilterField.h"
#include "console/RecordTable.h"
#include "shell/MainWindow.h"
#include "shell/Session.h"
#include "shell/Settings.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QTemporaryDir>
#include <QTimer>

#include <atomic>
#include <cstdio>
#include <thread>

using namespace sluice;
using namespace sluice::test;

namespace {

constexpr int perBatch = 500;

LogRecordBatchPtr batchOfRecords()
{
    auto batch = std::make_shared<LogRecordBatch>();
    for (int i = 0; i < perBatch; ++i)
        addRecord(*batch, i % 3 ? "app.db" : "app.http.access", i % 50 ? level::Info : level::Error,
                  "GET /api/products?page=2 200 20.1 ms, request " + std::to_string(i));
    return batch;
}

void flood(Capture &capture, const LogRecordBatch &batch, int records)
{
    const auto all = pointers(batch);
    for (int sent = 0; sent < records; sent += perBatch)
        capture.append(all);
}

} // namespace

int main(int argc, char **argv)
{
    QApplication application(argc, argv);
    const int records = argc > 1 ? std::atoi(argv[1]) : 200'000;
    QTemporaryDir folder;
    Settings settings(folder.filePath(QStringLiteral("settings.ini")));
    Session session(Capture::Options{});
    MainWindow window(session, settings);
    window.show();

    for (const bool filtered : {false, true}) {
        session.capture()->clear();
        window.filterField()->setText(filtered ? QStringLiteral("HTTP") : QString());
        QElapsedTimer settle;
        settle.start();
        while (settle.elapsed() < 500)
            QApplication::processEvents(QEventLoop::AllEvents, 50);

        const LogRecordBatchPtr batch = batchOfRecords();
        const std::uint64_t begin = session.capture()->endRow();
        QElapsedTimer sinceBeat;
        QElapsedTimer all;
        qint64 longest = 0;
        QTimer beat;
        QEventLoop loop;
        QObject::connect(&beat, &QTimer::timeout, &loop, [&] {
            longest = std::max(longest, sinceBeat.restart());
            const RecordTableModel *model = window.console()->model();
            if (session.capture()->endRow() - begin >= std::uint64_t(records) && !model->isSearching() &&
                model->snapshot().endRow() == session.capture()->endRow())
                loop.quit();
        });
        sinceBeat.start();
        all.start();
        beat.start(1);
        std::thread sender([&] { flood(*session.capture(), *batch, records); });
        loop.exec();
        sender.join();
        std::printf("%s: %d records, shown after %.2f s, longest gap %lld ms\n",
                    filtered ? "filtered" : "all", records, double(all.elapsed()) / 1000,
                    static_cast<long long>(longest));
    }
    return 0;
}
