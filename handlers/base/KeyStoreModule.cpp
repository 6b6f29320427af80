// The module sluice-keystore: see KeyStore.h.
#include "base/KeyStoreModule.h"

#include <QByteArray>
#include <QEventLoop>
#include <QTimer>

#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>

#include <qt6keychain/keychain.h>

namespace {

const QString service = QStringLiteral("Sluice");
/// Somebody may have to be fetched who knows the password of the store.
constexpr int patienceMilliseconds = 60'000;

/// QtKeychain does its jobs one after the other on the thread that had the first: it gets one for good, which a program that ends
/// does not wait for.
class Worker
{
public:
    static Worker &instance()
    {
        static auto *worker = new Worker;
        return *worker;
    }

    void run(const std::function<void()> &task)
    {
        std::unique_lock lock(m_mutex);
        m_changed.wait(lock, [this] { return !m_task; });
        m_task = &task;
        m_changed.notify_all();
        m_changed.wait(lock, [this, &task] { return m_task != &task; });
    }

private:
    Worker()
    {
        std::thread([this] {
            std::unique_lock lock(m_mutex);
            while (true) {
                m_changed.wait(lock, [this] { return m_task; });
                lock.unlock();
                (*m_task)();
                lock.lock();
                m_task = nullptr;
                m_changed.notify_all();
            }
        }).detach();
    }

    std::mutex m_mutex;
    std::condition_variable m_changed;
    const std::function<void()> *m_task = nullptr;
};

/// Why it could not be done; empty if it is. On the worker's thread.
QByteArray finish(QKeychain::Job &job)
{
    job.setAutoDelete(false);
    QEventLoop loop;
    bool isDone = false;
    QObject::connect(&job, &QKeychain::Job::finished, &loop, [&] {
        isDone = true;
        loop.quit();
    });
    QTimer::singleShot(patienceMilliseconds, &loop, &QEventLoop::quit);
    job.start();
    if (!isDone)
        loop.exec();
    if (!isDone)
        return sluice::keyStoreSilent;
    if (job.error() == QKeychain::NoError)
        return {};
    return job.error() == QKeychain::EntryNotFound ? QByteArray("it has nothing of that name") : job.errorString().toUtf8();
}

/// Does it on the worker's thread. Null, or a text that lives until this thread's next.
template <typename Do>
const char *onWorker(Do what)
{
    static thread_local char why[400];
    QByteArray said;
    Worker::instance().run([&] { said = what(); });
    qstrncpy(why, said.constData(), sizeof why);
    return said.isEmpty() ? nullptr : why;
}

} // namespace

extern "C" {

Q_DECL_EXPORT const char *sluiceKeyStoreRead(const char *name, SluiceKeyStoreTake take, void *context)
{
    return onWorker([&] {
        QKeychain::ReadPasswordJob job(service);
        job.setKey(QString::fromUtf8(name));
        const QByteArray why = finish(job);
        const QByteArray secret = job.binaryData();
        if (why.isEmpty())
            take(context, secret.constData(), static_cast<unsigned long>(secret.size()));
        return why;
    });
}

Q_DECL_EXPORT const char *sluiceKeyStoreWrite(const char *name, const char *secret)
{
    return onWorker([&] {
        QKeychain::WritePasswordJob job(service);
        job.setKey(QString::fromUtf8(name));
        job.setTextData(QString::fromUtf8(secret));
        return finish(job);
    });
}

Q_DECL_EXPORT const char *sluiceKeyStoreRemove(const char *name)
{
    return onWorker([&] {
        QKeychain::DeletePasswordJob job(service);
        job.setKey(QString::fromUtf8(name));
        const QByteArray why = finish(job);
        return job.error() == QKeychain::EntryNotFound ? QByteArray() : why;
    });
}
}
