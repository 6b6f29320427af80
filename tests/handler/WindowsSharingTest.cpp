#include "handler/FileHandler.h"
#include "handler/HandlerFixtures.h"
#include "handler/RotatingFileHandler.h"
#include "support/Patience.h"

#include <windows.h>

#include <thread>

using namespace sluice;

namespace {

/// Another program that has the file open and lets nobody rename or remove it.
class Holder
{
public:
    explicit Holder(const std::string &path)
        : m_handle(CreateFileW(QString::fromStdString(path).toStdWString().c_str(), GENERIC_READ,
                               FILE_SHARE_READ | FILE_SHARE_WRITE, nullptr, OPEN_EXISTING, 0, nullptr))
    {
    }
    ~Holder() { letGo(); }
    bool holds() const { return m_handle != INVALID_HANDLE_VALUE; }
    void letGo()
    {
        if (holds())
            CloseHandle(std::exchange(m_handle, INVALID_HANDLE_VALUE));
    }

private:
    HANDLE m_handle;
};

} // namespace

/// Logs that other programs of Windows hold open.
class WindowsSharingTest : public QObject
{
    Q_OBJECT

private:
    FileHandler::Options options()
    {
        FileHandler::Options options;
        options.filename = m_dir->filePath(QStringLiteral("log")).toStdString();
        options.encoder = *TextEncoder::create("utf-8", "");
        return options;
    }
    std::string content(const char *suffix = "") { return test::contentOf(options().filename + suffix); }

    std::unique_ptr<QTemporaryDir> m_dir;

private Q_SLOTS:
    void init() { m_dir = std::make_unique<QTemporaryDir>(); }

    void recordGoesIntoTheOldFileWhileItIsHeldAndALaterRolloverWorks()
    {
        RotatingFileHandler handler(options(), 8, 2);
        handler.setRetryDelay(std::chrono::milliseconds(0));
        test::Errors errors(handler);
        handler.handle(test::Records({"first"}).all());
        {
            const Holder holder(options().filename);
            QVERIFY(holder.holds());
            handler.handle(test::Records({"second"}).all());
            handler.handle(test::Records({"third"}).all());
            QCOMPARE(content(), std::string("first\nsecond\nthird\n"));
            QVERIFY(!files::exists(options().filename + ".1"));
        }
        handler.handle(test::Records({"fourth"}).all());
        QCOMPARE(content(".1"), std::string("first\nsecond\nthird\n"));
        QCOMPARE(content(), std::string("fourth\n"));
        QVERIFY(!errors.seen.empty());
        for (const std::string &error : errors.seen)
            QVERIFY2(error.starts_with(": Cannot rename to "), error.c_str());
        QCOMPARE(handler.counters().failed, 0u);
    }

    void rolloverWaitsForAHolderThatGoesSoon()
    {
        RotatingFileHandler handler(options(), 8, 2);
        test::Errors errors(handler);
        handler.handle(test::Records({"first"}).all());
        Holder holder(options().filename);
        QVERIFY(holder.holds());
        std::thread other([&] {
            Sleep(20);
            holder.letGo();
        });
        handler.handle(test::Records({"second"}).all());
        other.join();
        QCOMPARE(errors.seen, std::vector<std::string>());
        QCOMPARE(content(".1"), std::string("first\n"));
        QCOMPARE(content(), std::string("second\n"));
    }

    void othersMayRenameAndRemoveAnOpenLog()
    {
        FileHandler handler(options());
        handler.handle(test::Records({"a"}).all());
        QVERIFY(files::rename(options().filename, options().filename + ".moved").ok());
        QCOMPARE(content(".moved"), std::string("a\n"));
        QVERIFY(files::remove(options().filename + ".moved").ok());
    }
};

QTEST_GUILESS_MAIN(WindowsSharingTest)
#include "WindowsSharingTest.moc"
