#include "base/FileReader.h"
#include "base/NativeFile.h"

#include "support/Patience.h"
#include "support/SystemWords.h"

#include <QFile>
#include <QDateTime>
#include <QTemporaryDir>

#include <algorithm>
#include <vector>

using namespace sluice;

namespace {

std::string contentOf(const std::string &path)
{
    QFile file(QString::fromStdString(path));
    return file.open(QIODevice::ReadOnly) ? file.readAll().toStdString() : "<none>";
}

} // namespace

class NativeFileTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void appendsBehindWhatOthersWrote()
    {
        const std::string path = m_dir.filePath(QStringLiteral("append é")).toStdString();
        auto first = NativeFile::open(path, NativeFile::Mode::Append);
        auto second = NativeFile::open(path, NativeFile::Mode::Append);
        QVERIFY(first->write("a").status.ok());
        QVERIFY(second->write("bc").status.ok());
        QVERIFY(first->write("d").status.ok());
        QCOMPARE(first->size(), 4u);
        QCOMPARE(contentOf(path), std::string("abcd"));
        QVERIFY(first->isSeekable());
        QVERIFY(first->sync().ok());
        QVERIFY(first->identity() == files::identity(path));
        QVERIFY(files::rename(path, path + ".moved").ok());
        QVERIFY(!files::identity(path));
        QVERIFY(first->identity() == files::identity(path + ".moved"));
    }

    void truncatesAndCreatesAsAsked()
    {
        const std::string path = m_dir.filePath(QStringLiteral("modes")).toStdString();
        QVERIFY(NativeFile::open(path, NativeFile::Mode::Create).ok());
        const auto again = NativeFile::open(path, NativeFile::Mode::Create);
        QCOMPARE(again.error().text, "Cannot open " + path + ": " + fileExists() + ".");
        QVERIFY(NativeFile::open(path, NativeFile::Mode::Append)->write("old").status.ok());
        QVERIFY(NativeFile::open(path, NativeFile::Mode::Truncate)->write("new!").status.ok());
        QCOMPARE(contentOf(path), std::string("new!"));
    }

    void removedNameIsFreeAtOnceWhoeverStillReadsTheFile()
    {
        const std::string path = m_dir.filePath(QStringLiteral("removed")).toStdString();
        QVERIFY(NativeFile::open(path, NativeFile::Mode::Create)->write("old").status.ok());
        const auto reader = FileReader::open(path);
        QVERIFY(files::remove(path).ok());
        QVERIFY(!files::exists(path));
        QVERIFY(NativeFile::open(path, NativeFile::Mode::Create)->write("new").status.ok());
        std::string text(3, ' ');
        QCOMPARE(reader->readAt(0, text).value(), 3u);
        QCOMPARE(text, std::string("old"));
        QCOMPARE(contentOf(path), std::string("new"));
    }

    void saysWhatFailedAndWhere()
    {
        const std::string path = m_dir.filePath(QStringLiteral("no/such/dir")).toStdString();
        QCOMPARE(NativeFile::open(path, NativeFile::Mode::Append).error().text,
                 "Cannot open " + path + ": " + noSuchFolder() + ".");
        QCOMPARE(files::remove(path).error().text, "Cannot remove " + path + ": " + noSuchFolder() + ".");
        QVERIFY(!NativeFile::open(m_dir.path().toStdString(), NativeFile::Mode::Append).ok());
    }

    void fullDeviceIsAnErrorWithTheBytesWritten()
    {
        if (!files::exists("/dev/full"))
            QSKIP("no /dev/full here");
        auto file = NativeFile::open("/dev/full", NativeFile::Mode::Append);
        const auto written = file->write("lost");
        QCOMPARE(written.bytes, 0u);
        QCOMPARE(written.status.error().text,
                 std::string("Cannot write to /dev/full: No space left on device."));
        QVERIFY(!files::isRegular("/dev/full"));
    }

    void renameReplaces()
    {
        const std::string from = m_dir.filePath(QStringLiteral("from")).toStdString();
        const std::string to = m_dir.filePath(QStringLiteral("to")).toStdString();
        QVERIFY(NativeFile::open(from, NativeFile::Mode::Append)->write("from").status.ok());
        QVERIFY(NativeFile::open(to, NativeFile::Mode::Append)->write("to").status.ok());
        QVERIFY(files::rename(from, to).ok());
        QVERIFY(!files::exists(from));
        QCOMPARE(contentOf(to), std::string("from"));
    }

    void listsAFolder()
    {
        QTemporaryDir folder;
        const std::string path = folder.path().toStdString();
        for (const char *name : {"/b", "/.a", "/é"})
            QVERIFY(NativeFile::open(path + name, NativeFile::Mode::Append).ok());
        auto names = files::names(path);
        QVERIFY(names.ok());
        std::ranges::sort(names.value());
        QCOMPARE(names.value(), (std::vector<std::string>{".a", "b", "é"}));
        QVERIFY(!files::names(path + "/none").ok());
    }

    void knowsWhenAFileWasWritten()
    {
        const std::string path = m_dir.filePath(QStringLiteral("written")).toStdString();
        QVERIFY(!files::modified(path).ok());
        const qint64 before = QDateTime::currentSecsSinceEpoch();
        QVERIFY(NativeFile::open(path, NativeFile::Mode::Append)->write("x").status.ok());
        const auto written = files::modified(path);
        QVERIFY(written.ok() && written.value() >= before - 1 && written.value() <= QDateTime::currentSecsSinceEpoch() + 1);
    }

    void splitsPaths()
    {
        QCOMPARE(files::split("/a/b").directory, std::string("/a"));
        QCOMPARE(files::split("/a/b").name, std::string("b"));
        QCOMPARE(files::split("/a").directory, std::string("/"));
        QCOMPARE(files::split("a").directory, std::string());
    }

    void absolutePathsHaveNoDots()
    {
        QVERIFY(QDir::fromNativeSeparators(QString::fromStdString(files::absolute("/a/./b/../c"))).endsWith(QStringLiteral("/a/c")));
        QCOMPARE(files::absolute("x/../y"),
                 QDir::toNativeSeparators(QDir::currentPath() + QStringLiteral("/y")).toStdString());
    }

private:
    QTemporaryDir m_dir;
};

QTEST_GUILESS_MAIN(NativeFileTest)
#include "NativeFileTest.moc"
