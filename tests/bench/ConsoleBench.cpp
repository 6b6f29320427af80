// The programs of tests/bench/console; each prints lines "name value" for it.
//   ConsoleBench text COUNT FILE            writes the text of COUNT records, a line each
//   ConsoleBench records COUNT              that many records in one view: memory, scrolling, filters
//   ConsoleBench keep COUNT BUDGET [DIR]    that many records come in with so many bytes of memory allowed, and go into files
//   ConsoleBench reopen DIR BUDGET          what it left, in another program: until there is something to see, scrolling, a filter
//   ConsoleBench order COUNT                that many records, one of a hundred up to ten seconds late, put into the order of time
//   ConsoleBench window RECORDS             the real window on a SocketReceiver: prints its port, then what it saw of RECORDS
//   ConsoleBench send PORT FILE COUNT RATE  sends COUNT frames of a file again and again, RATE a second (0: as fast as it goes);
//                                           prints "at SECONDS COUNT" as it goes
//   ConsoleBench open FILE                  a log file in a view: its first page, and all of it
//   ConsoleBench start                      the window, until it has been painted
#include "ConsoleBenchText.h"
#include "FirstPaint.h"

#include "capture/CaptureSearch.h"
#include "capture/LogFile.h"
#include "chain/NodeRegistry.h"
#include "chain/Router.h"
#include "console/ConsoleView.h"
#include "console/FrameClock.h"
#include "console/Marks.h"
#include "console/RecordTable.h"
#include "console/RecordTableModel.h"
#include "look/Appearance.h"
#include "shell/FontsAhead.h"
#include "shell/MainWindow.h"
#include "shell/Session.h"
#include "shell/Settings.h"

#include <QApplication>
#include <QScrollBar>
#include <QTemporaryDir>
#include <QTimer>

#include <arpa/inet.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <functional>
#include <iterator>
#include <optional>
#include <random>
#include <string>
#include <thread>
#include <vector>

using namespace sluice;

namespace {

/// Seconds of the monotonic clock, which all programs of the machine share.
double now()
{
    return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

template<class... Values>
void print(const char *format, Values... values)
{
    std::printf(format, values...);
    std::fflush(stdout);
}

[[noreturn]] void fail(const char *what)
{
    std::perror(what);
    std::exit(1);
}

double residentBytes()
{
    std::ifstream statm("/proc/self/statm");
    double size = 0;
    double resident = 0;
    statm >> size >> resident;
    return resident * static_cast<double>(::sysconf(_SC_PAGESIZE));
}

double percentile(std::vector<double> &values, double share)
{
    if (values.empty())
        return 0;
    const auto at = static_cast<std::size_t>(share * static_cast<double>(values.size() - 1));
    std::nth_element(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(at), values.end());
    return values[at];
}

int text(std::uint64_t count, const char *path)
{
    std::ofstream file(path, std::ios::binary);
    bench::ConsoleText lines;
    for (std::uint64_t i = 0; i < count; ++i)
        file << lines.next() << '\n';
    return file.flush() ? 0 : 1;
}

/// Calls `after` for each thousand.
void fill(Capture &capture, std::uint64_t count, const std::function<void()> &after = [] {})
{
    constexpr std::uint64_t perBatch = 1000;
    bench::ConsoleText lines;
    LogRecordBatch batch;
    std::vector<const LogRecord *> pointers;
    for (std::uint64_t done = 0; done < count; done += perBatch) {
        batch.clear();
        pointers.clear();
        batch.reserve(perBatch);
        for (std::uint64_t i = 0; i < std::min(perBatch, count - done); ++i)
            pointers.push_back(&lines.fill(batch));
        capture.append(pointers);
        after();
    }
}

/// Milliseconds until the first row was found and until all had been searched; how many there were.
void measureFilter(const char *name, const std::shared_ptr<Capture> &capture, const std::string &expression)
{
    double first = 0;
    double whole = 1e9;
    std::uint64_t matches = 0;
    for (int turn = 0; turn < 3; ++turn) {
        CaptureSearch search(capture);
        const double began = now();
        const std::uint64_t generation = search.setFilter(bench::filterOf(expression));
        search.advance(capture->endRow());
        std::uint64_t found = 0;
        double firstFound = 0;
        for (;;) {
            const CaptureSearch::Found some = search.take();
            if (some.generation == generation) {
                if (!some.rows.empty() && found == 0)
                    firstFound = (now() - began) * 1000;
                found += some.rows.size();
                if (some.searchedTo >= capture->endRow())
                    break;
            }
            std::this_thread::sleep_for(std::chrono::microseconds(200));
        }
        const double took = (now() - began) * 1000;
        if (took < whole) {
            whole = took;
            matches = found;
        }
        first = std::max(first, firstFound);
    }
    print("%s-first-ms %.2f\n%s-ms %.1f\n%s-matches %llu\n", name, first, name, whole, name,
          static_cast<unsigned long long>(matches));
}

/// One view over a capture, on the screen.
struct ShownView
{
    explicit ShownView(const std::shared_ptr<RecordStore> &store) : clock(store), view(store, &clock, &marks)
    {
        view.resize(1000, 800);
        view.show();
    }

    FrameClock clock;
    Marks marks;
    ConsoleView view;
};

/// A jump is what the reader waits for: the bar moves, the rows are painted.
void measureScrolling(ConsoleView &view)
{
    std::mt19937_64 random(7);
    std::vector<double> frames;
    QScrollBar *bar = view.table()->verticalScrollBar();
    for (int i = 0; i < 400; ++i) {
        const double jump = now();
        bar->setValue(i % 2 ? bar->maximum()
                            : static_cast<int>(random() % static_cast<std::uint64_t>(bar->maximum())));
        view.table()->viewport()->repaint();
        frames.push_back((now() - jump) * 1000);
        QApplication::processEvents();
    }
    print("jump-p99-ms %.2f\n", percentile(frames, 0.99));
    frames.clear();
    for (int i = 0; i < 400; ++i) {
        const double step = now();
        bar->setValue(bar->value() - 3);
        view.table()->viewport()->repaint();
        frames.push_back((now() - step) * 1000);
        QApplication::processEvents();
    }
    print("scroll-p99-ms %.2f\n", percentile(frames, 0.99));
}

int records(std::uint64_t count)
{
    Capture::Options options;
    options.budget = std::size_t{64} << 30;
    const auto capture = std::make_shared<Capture>(options);
    std::uint64_t textBytes = 0;
    {
        bench::ConsoleText lines;
        for (std::uint64_t i = 0; i < count; ++i)
            textBytes += lines.next().size();
    }
    const double before = residentBytes();
    const double began = now();
    fill(*capture, count);
    print("append-per-second %.0f\n", static_cast<double>(count) / (now() - began));

    QTemporaryDir folder;
    ShownView screen(capture);
    ConsoleView &view = screen.view;
    while (view.model()->rowCount() < static_cast<int>(count))
        QApplication::processEvents(QEventLoop::AllEvents, 20);
    print("text-bytes %llu\nresident-bytes %.0f\n", static_cast<unsigned long long>(textBytes),
          residentBytes() - before);

    measureScrolling(view);
    measureFilter("substring", capture, std::string("\"") + bench::ConsoleText::needle + "\"");
    measureFilter("regex", capture, std::string("/") + bench::ConsoleText::pattern + "/");
    return 0;
}

int keep(std::uint64_t count, std::size_t budget, const char *directory)
{
    Capture::Options options;
    options.budget = budget;
    const auto capture = std::make_shared<Capture>(options);
    if (directory) {
        Capture::Disk disk;
        disk.directory = directory;
        disk.maxBytes = std::uint64_t{64} << 30;
        if (const Status status = capture->persist(disk); !status)
            fail(status.error().text.c_str());
    }
    ShownView screen(capture);
    ConsoleView &view = screen.view;
    QApplication::processEvents();
    const double before = residentBytes();
    const double began = now();
    double most = 0;
    std::uint64_t turns = 0;
    fill(*capture, count, [&] {
        most = std::max(most, residentBytes() - before);
        if (++turns % 16 == 0)
            QApplication::processEvents();
    });
    print("append-per-second %.0f\n", static_cast<double>(count) / (now() - began));
    if (directory && !capture->waitUntilWritten(std::chrono::minutes(5)))
        return 1;
    const Capture::Figures figures = capture->figures();
    print("resident-bytes %.0f\nrows %llu\nfault %zu\n", most, static_cast<unsigned long long>(capture->snapshot().size()),
          figures.fault.size());
    return 0;
}

int reopen(const char *directory, std::size_t budget)
{
    Capture::Options options;
    options.budget = budget;
    const auto capture = std::make_shared<Capture>(options);
    ShownView screen(capture);
    ConsoleView &view = screen.view;
    QApplication::processEvents();
    const double before = residentBytes();
    const double began = now();
    Capture::Disk disk;
    disk.directory = directory;
    disk.maxBytes = std::uint64_t{64} << 30;
    // As the session does: on another thread than the window's.
    std::thread opener([&] {
        if (const Status status = capture->persist(disk); !status)
            fail(status.error().text.c_str());
    });
    while (view.model()->rowCount() == 0)
        QApplication::processEvents(QEventLoop::AllEvents, 5);
    opener.join();
    const std::size_t rows = capture->snapshot().size();
    while (view.model()->rowCount() < static_cast<int>(rows))
        QApplication::processEvents(QEventLoop::AllEvents, 5);
    view.table()->viewport()->repaint();
    print("reopen-ms %.1f\nrows %zu\n", (now() - began) * 1000, rows);
    measureScrolling(view);
    measureFilter("substring", capture, std::string("\"") + bench::ConsoleText::needle + "\"");
    print("resident-bytes %.0f\n", residentBytes() - before);
    return 0;
}

int order(std::uint64_t count)
{
    Capture::Options options;
    options.budget = std::size_t{64} << 30;
    const auto capture = std::make_shared<Capture>(options);
    constexpr std::uint64_t perBatch = 1000;
    bench::ConsoleText lines;
    std::mt19937_64 random(7);
    LogRecordBatch batch;
    std::vector<const LogRecord *> pointers;
    for (std::uint64_t done = 0; done < count; done += perBatch) {
        batch.clear();
        pointers.clear();
        batch.reserve(perBatch);
        for (std::uint64_t i = 0; i < std::min(perBatch, count - done); ++i) {
            LogRecord &record = lines.fill(batch);
            if (random() % 100 == 0)
                record.set(Attribute::Created, Value::real(record[Attribute::Created].asReal() -
                                                           static_cast<double>(random() % 10'000) / 1000));
            pointers.push_back(&record);
        }
        capture->append(pointers);
    }

    ShownView screen(capture);
    ConsoleView &view = screen.view;
    while (view.model()->rowCount() < static_cast<int>(count))
        QApplication::processEvents(QEventLoop::AllEvents, 20);
    const double before = residentBytes();
    const double began = now();
    double longest = 0;
    view.setByTime(true);
    while (view.model()->isSorting()) {
        const double turn = now();
        QApplication::processEvents();
        longest = std::max(longest, now() - turn);
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
    print("order-s %.3f\norder-bytes %llu\norder-resident-bytes %.0f\norder-wait-max-ms %.2f\n", now() - began,
          static_cast<unsigned long long>(view.model()->shown().order()->bytes()), residentBytes() - before,
          longest * 1000);
    const ShownRows &shown = view.model()->shown();
    Nanoseconds last = 0;
    for (std::size_t i = 0; i < shown.size(); ++i) {
        const Nanoseconds created = view.model()->snapshot().columns(shown.at(i)).created;
        if (created < last)
            return 1;
        last = created;
    }
    return shown.size() == count ? 0 : 1;
}

/// Looks on while a window works: how long its event loop was held up, and what stood on the screen when.
class Watcher : public QObject
{
public:
    explicit Watcher(RecordTable *table) : m_table(table)
    {
        table->viewport()->installEventFilter(this);
        m_beat.setTimerType(Qt::PreciseTimer);
        connect(&m_beat, &QTimer::timeout, this, [this] {
            const double at = now();
            const double took = (at - m_lastBeat) * 1000;
            m_lastBeat = at;
            longest = std::max(longest, took);
            if (m_painted)
                frames.push_back(took);
            m_painted = false;
        });
        m_lastBeat = now();
        m_beat.start(1);
    }

    /// Milliseconds between two beats that were to come after one: all that a person's click could have waited for.
    double longest = 0;
    /// The same, of beats between which the table was painted.
    std::vector<double> frames;
    /// When how many rows were on the screen or above it.
    std::vector<std::pair<double, std::uint64_t>> shown;

protected:
    bool eventFilter(QObject *object, QEvent *event) override
    {
        if (event->type() == QEvent::Paint && !m_inside) {
            // The event itself first: what it painted is on the screen after it.
            m_inside = true;
            QCoreApplication::sendEvent(object, event);
            m_inside = false;
            m_painted = true;
            const auto *model = static_cast<const RecordTableModel *>(m_table->model());
            if (model->rowCount() > 0)
                shown.emplace_back(now(), model->rowNumber(model->rowCount() - 1) + 1);
            return true;
        }
        return false;
    }

private:
    RecordTable *const m_table;
    QTimer m_beat;
    double m_lastBeat = 0;
    bool m_painted = false;
    bool m_inside = false;
};

int window(std::uint64_t expected)
{
    QTemporaryDir folder;
    Settings settings(folder.filePath(QStringLiteral("settings.ini")));
    Session session(Capture::Options{});
    MainWindow window(session, settings);
    window.show();
    const QString project = folder.filePath(QStringLiteral("bench.sluice"));
    {
        std::ofstream file(project.toStdString());
        file << R"({"sluice": 1, "nodes": [{"id": "in", "type": "SocketReceiver", "params": {"port": 0}},
                   {"id": "console", "type": "ConsoleHandler"}],
                   "wires": [{"from": "in", "port": "out", "to": "console"}]})";
    }
    session.open({project});
    std::string endpoint;
    while (endpoint.empty()) {
        QApplication::processEvents(QEventLoop::AllEvents, 20);
        if (session.project() && session.project()->router)
            endpoint = session.project()->router->status().nodes.front().endpoint;
    }
    print("port %s\n", endpoint.substr(endpoint.rfind(':') + 1).c_str());

    Watcher watcher(window.console()->table());
    double all = 0;
    QTimer look;
    look.setInterval(5);
    QObject::connect(&look, &QTimer::timeout, &watcher, [&] {
        if (!watcher.shown.empty() && watcher.shown.back().second >= expected) {
            all = watcher.shown.back().first;
            QApplication::quit();
        }
    });
    look.start();
    QTimer::singleShot(300'000, &watcher, [] { QApplication::quit(); });
    QApplication::exec();
    const SourceStatus total = session.project()->router->status().total();
    print("received %llu\nlost %llu\nall-shown-at %.6f\nframes %zu\nframe-p99-ms %.2f\nframe-max-ms %.2f\nwait-max-ms %.2f\n",
          static_cast<unsigned long long>(total.accepted),
          static_cast<unsigned long long>(total.dropped + total.rejected), all, watcher.frames.size(),
          percentile(watcher.frames, 0.99), percentile(watcher.frames, 1), watcher.longest);
    for (const auto &[at, rows] : watcher.shown)
        print("shown %.6f %llu\n", at, static_cast<unsigned long long>(rows));
    return all > 0 ? 0 : 1;
}

int send(int port, const char *path, std::uint64_t count, double rate)
{
    std::ifstream file(path, std::ios::binary);
    const std::string frames((std::istreambuf_iterator<char>(file)), {});
    std::vector<std::size_t> ends;
    for (std::size_t at = 0; at + 4 <= frames.size();) {
        const auto *b = reinterpret_cast<const unsigned char *>(frames.data() + at);
        at += 4 + (std::size_t{b[0]} << 24 | std::size_t{b[1]} << 16 | std::size_t{b[2]} << 8 | b[3]);
        ends.push_back(at);
    }
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    address.sin_port = htons(static_cast<std::uint16_t>(port));
    const int connection = ::socket(AF_INET, SOCK_STREAM, 0);
    if (connection < 0 ||
        ::connect(connection, reinterpret_cast<const sockaddr *>(&address), sizeof address) != 0)
        fail("connect");
    const double began = now();
    print("at %.6f 0\n", began);
    std::vector<std::pair<double, std::uint64_t>> log;
    for (std::uint64_t sent = 0; sent < count;) {
        if (rate > 0) {
            const double due = (now() - began) * rate;
            if (static_cast<double>(sent) >= due) {
                std::this_thread::sleep_for(std::chrono::milliseconds(1));
                continue;
            }
        }
        const std::size_t first = sent % ends.size();
        std::size_t some = std::min<std::size_t>(ends.size() - first, count - sent);
        if (rate > 0)
            some = std::min<std::size_t>(
                some, static_cast<std::size_t>((now() - began) * rate) - static_cast<std::size_t>(sent) + 1);
        const std::size_t from = first == 0 ? 0 : ends[first - 1];
        const std::size_t to = ends[first + some - 1];
        for (std::size_t at = from; at < to;) {
            const ssize_t bytes = ::send(connection, frames.data() + at, to - at, 0);
            if (bytes < 0)
                fail("send");
            at += static_cast<std::size_t>(bytes);
        }
        sent += some;
        log.emplace_back(now(), sent);
    }
    ::close(connection);
    for (const auto &[at, rows] : log)
        print("at %.6f %llu\n", at, static_cast<unsigned long long>(rows));
    return 0;
}

/// A log file from the moment it is opened until it is indexed, with a view on it.
int open(const char *path)
{
    const double began = now();
    const auto file = LogFile::open(path);
    if (!file) {
        std::fprintf(stderr, "ConsoleBench: %s\n", file.error().text.c_str());
        return 1;
    }
    FrameClock clock(*file);
    Marks marks;
    ConsoleView view(*file, &clock, &marks);
    view.resize(1000, 800);
    view.setFollowing(false);
    view.show();
    Watcher watcher(view.table());
    double first = 0;
    double indexed = 0;
    while (!(*file)->progress().isSummarized) {
        QApplication::processEvents(QEventLoop::AllEvents | QEventLoop::WaitForMoreEvents, 20);
        if (first == 0 && !watcher.shown.empty())
            first = watcher.shown.front().first - began;
        if (indexed == 0 && (*file)->progress().isIndexed)
            indexed = now() - began;
    }
    print("first-page-ms %.1f\nindexed-s %.4f\nsummarized-s %.4f\nrecords %llu\nwait-max-ms %.2f\nresident-bytes %.0f\n", first * 1000,
          indexed, now() - began, static_cast<unsigned long long>((*file)->endRow()), watcher.longest, residentBytes());
    return 0;
}

/// As in app/sluice.cpp.
int start(int argc, char **argv)
{
    FontsAhead fonts;
    QApplication application(argc, argv);
    QTemporaryDir folder;
    Settings settings(folder.filePath(QStringLiteral("settings.ini")));
    std::optional<Appearance::Undressed> undressed(std::in_place);
    Appearance::instance().setMode(Appearance::Mode::Light);
    Session session(Capture::Options{});
    fonts.wait();
    MainWindow window(session, settings);
    undressed.reset();
    const bench::FirstPaint first(&window);
    window.show();
    return QApplication::exec();
}

} // namespace

int main(int argc, char **argv)
{
    const std::string mode = argc > 1 ? argv[1] : "";
    const auto number = [&](int i) { return std::strtoull(argv[i], nullptr, 10); };
    if (mode == "text" && argc == 4)
        return text(number(2), argv[3]);
    if (mode == "send" && argc == 6)
        return send(std::atoi(argv[2]), argv[3], number(4), std::atof(argv[5]));
    if (mode == "start")
        return start(argc, argv);
    QApplication application(argc, argv);
    if (mode == "records" && argc == 3)
        return records(number(2));
    if (mode == "keep" && (argc == 4 || argc == 5))
        return keep(number(2), number(3), argc == 5 ? argv[4] : nullptr);
    if (mode == "reopen" && argc == 4)
        return reopen(argv[2], number(3));
    if (mode == "order" && argc == 3)
        return order(number(2));
    if (mode == "window" && argc == 3)
        return window(number(2));
    if (mode == "open" && argc == 3)
        return open(argv[2]);
    std::fprintf(stderr, "ConsoleBench: text, records, keep, reopen, order, window, send, open or start\n");
    return 2;
}
