#include "base/FileLock.h"

#include "support/Patience.h"
#include "support/SystemWords.h"

#include <QFile>
#include <QTemporaryDir>

#include <filesystem>

using namespace sluice;

class FileLockTest : public QObject
{
    Q_OBJECT

    QTemporaryDir m_folder;

    std::string path(const char *name) const { return m_folder.filePath(QString::fromUtf8(name)).toStdString(); }

private Q_SLOTS:
    void isHeldByOneUntilItGoes()
    {
        auto first = FileLock::acquire(path("lock é"));
        QVERIFY(first.ok() && *first);
        const auto second = FileLock::acquire(path("lock é"));
        QVERIFY(second.ok() && !*second);
        const FileLock moved = std::move(**first);
        first = Error{"gone"};
        QVERIFY(!*FileLock::acquire(path("lock é")));
    }

    void isFreeAgainAfterwards()
    {
        for (int i = 0; i < 2; ++i) {
            const auto lock = FileLock::acquire(path("again"));
            QVERIFY(lock.ok() && *lock);
        }
    }

    void lockedFileCanBeCopied()
    {
        const auto lock = FileLock::acquire(path("lock"));
        QVERIFY(lock.ok() && *lock);
        std::error_code error;
        std::filesystem::copy_file(path("lock"), path("copy"), error);
        QVERIFY2(!error, error.message().c_str());
    }

    void whoOnlyReadsIsNoHolder()
    {
        QVERIFY(FileLock::acquire(path("read")).ok());
        QFile reader(QString::fromStdString(path("read")));
        QVERIFY(reader.open(QIODevice::ReadOnly));
        QVERIFY(*FileLock::acquire(path("read")));
    }

    void saysWhyThereIsNone()
    {
        const auto lock = FileLock::acquire(path("nowhere/lock"));
        QVERIFY(!lock.ok());
        QCOMPARE(lock.error().text, "Cannot lock " + path("nowhere/lock") + ": " + noSuchFolder() + ".");
    }
};

QTEST_GUILESS_MAIN(FileLockTest)
#include "FileLockTest.moc"
