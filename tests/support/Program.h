#pragma once

#include <QByteArray>
#include <QProcess>
#include <QStringList>

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <thread>

/// A program that runs beside a test: started, fed, read and ended from a thread of its own (see runProgram in Python.h for
/// why). It is ended when this goes.
class Program
{
public:
    /// How it is ended if it has not by itself.
    enum class Ending {
        Terminate, ///< SIGTERM, and 5 s to go
        Kill       ///< at once: for programs that take their time and leave nothing that matters
    };

    Program(const QString &program, const QStringList &arguments, Ending ending = Ending::Terminate)
        : m_how(ending), m_thread([this, program, arguments] { run(program, arguments); })
    {
    }
    ~Program() { end(); }
    Program(const Program &) = delete;
    Program &operator=(const Program &) = delete;

    /// The next line of its output, without the line end; empty if none came within 30 s.
    QByteArray readLine()
    {
        std::unique_lock lock(m_mutex);
        m_changed.wait_for(lock, std::chrono::seconds(30), [&] { return m_output.contains('\n') || m_over; });
        const qsizetype end = m_output.indexOf('\n');
        if (end < 0)
            return {};
        const QByteArray line = m_output.first(end);
        m_output.remove(0, end + 1);
        return line;
    }

    /// Closes its standard input and waits until it has ended by itself: what it wrote since the last line read, if its exit
    /// status was 0.
    QByteArray finish(bool *ok = nullptr)
    {
        std::unique_lock lock(m_mutex);
        m_closing = true;
        m_changed.wait_for(lock, std::chrono::seconds(60), [&] { return m_over; });
        if (ok)
            *ok = m_over && m_exitCode == 0;
        return m_output;
    }

    QByteArray errors() const
    {
        const std::lock_guard lock(m_mutex);
        return m_errors;
    }

    /// Ends it, if it has not ended.
    void end()
    {
        {
            const std::lock_guard lock(m_mutex);
            m_ending = true;
        }
        if (m_thread.joinable())
            m_thread.join();
    }

private:
    void run(const QString &program, const QStringList &arguments)
    {
        QProcess process;
        process.start(program, arguments);
        bool closed = false;
        while (process.state() != QProcess::NotRunning) {
            process.waitForReadyRead(10);
            const std::lock_guard lock(m_mutex);
            m_output += process.readAllStandardOutput();
            m_errors += process.readAllStandardError();
            if (m_ending)
                break;
            if (m_closing && !closed) {
                process.closeWriteChannel();
                closed = true;
            }
            m_changed.notify_all();
        }
        if (process.state() != QProcess::NotRunning) {
            if (m_how == Ending::Terminate)
                process.terminate();
            if (m_how == Ending::Kill || !process.waitForFinished(5000)) {
                process.kill();
                process.waitForFinished();
            }
        }
        const std::lock_guard lock(m_mutex);
        m_output += process.readAllStandardOutput();
        m_errors += process.readAllStandardError();
        m_exitCode = process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1;
        m_over = true;
        m_changed.notify_all();
    }

    const Ending m_how;
    mutable std::mutex m_mutex;
    std::condition_variable m_changed;
    QByteArray m_output;
    QByteArray m_errors;
    int m_exitCode = -1;
    bool m_over = false;
    bool m_closing = false;
    bool m_ending = false;
    std::thread m_thread;
};
