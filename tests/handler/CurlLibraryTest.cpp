#include "handler/CurlLibrary.h"
#include "support/Patience.h"

#include <QFile>
#include <QSysInfo>

#include <thread>
#include <vector>

using namespace sluice;

class CurlLibraryTest : public QObject
{
    Q_OBJECT

private:
    static bool isInProcess()
    {
        QFile maps(QStringLiteral("/proc/self/maps"));
        return maps.open(QIODevice::ReadOnly) && maps.readAll().contains("/libcurl");
    }

    static bool isPartOfTheProgram() { return QSysInfo::kernelType() == QStringLiteral("winnt"); }

private Q_SLOTS:
    void isLoadedWhenItIsFirstWanted()
    {
        if (!QFile::exists(QStringLiteral("/proc/self/maps")))
            QSKIP("This system does not tell what is loaded.");
        if (isPartOfTheProgram())
            QSKIP("Here libcurl is part of the program.");
        QVERIFY(!isInProcess());
        QVERIFY(CurlLibrary::get().easyInit != CurlLibrary::missing().easyInit);
        QVERIFY(isInProcess());
    }

    void isTheSameForAllThreads()
    {
        std::vector<const CurlLibrary *> seen(4);
        std::vector<std::thread> threads;
        for (const CurlLibrary *&one : seen)
            threads.emplace_back([&one] { one = &CurlLibrary::get(); });
        for (std::thread &thread : threads)
            thread.join();
        for (const CurlLibrary *one : seen)
            QCOMPARE(one, &CurlLibrary::get());
    }

    void hasAllFunctionsThatWeUse()
    {
        const CurlLibrary &curl = CurlLibrary::get();
        CURL *const easy = curl.easyInit();
        QVERIFY(easy);
        QCOMPARE(curl.easySetopt(easy, CURLOPT_NOSIGNAL, 1L), CURLE_OK);
        curl_socket_t socket = 0;
        QCOMPARE(curl.easyGetinfo(easy, CURLINFO_ACTIVESOCKET, &socket), CURLE_OK);
        QCOMPARE(socket, CURL_SOCKET_BAD);
        QCOMPARE(curl.easyPerform(easy), CURLE_URL_MALFORMAT); // there is none
        std::size_t bytes = 0;
        QVERIFY(curl.easySend(easy, "x", 1, &bytes) != CURLE_OK);
        char byte = 0;
        QVERIFY(curl.easyRecv(easy, &byte, 1, &bytes) != CURLE_OK);
        QVERIFY(QByteArray(curl.easyStrerror(CURLE_URL_MALFORMAT)).contains("URL"));
        curl.easyCleanup(easy);

        CURLU *const url = curl.url();
        QVERIFY(url);
        QCOMPARE(curl.urlSet(url, CURLUPART_URL, "https://localhost:6514/", 0), CURLUE_OK);
        char *port = nullptr;
        QCOMPARE(curl.urlGet(url, CURLUPART_PORT, &port, 0), CURLUE_OK);
        QCOMPARE(port, "6514");
        curl.free(port);
        curl.urlCleanup(url);

        curl_slist *const list = curl.slistAppend(nullptr, "one");
        QVERIFY(list);
        QCOMPARE(list->data, "one");
        curl.slistFreeAll(list);
    }

    void failsInWordsWhereItIsMissing()
    {
        const CurlLibrary curl = CurlLibrary::missing();
        QVERIFY(!curl.easyInit());
        QVERIFY(!curl.url());
        QVERIFY(!curl.slistAppend(nullptr, "one"));
        QCOMPARE(curl.easyPerform(nullptr), CURLE_FAILED_INIT);
        QCOMPARE(curl.easyStrerror(CURLE_FAILED_INIT), "libcurl is not installed");
        // What is closed all the same does no harm.
        curl.easyCleanup(nullptr);
        curl.urlCleanup(nullptr);
        curl.slistFreeAll(nullptr);
        curl.free(nullptr);
    }

    void isMissingWhereTheSystemHasNoneOfTheName()
    {
        if (isPartOfTheProgram())
            QSKIP("Here libcurl is part of the program.");
        QVERIFY(CurlLibrary::load("sluice-no-such-library", 4).easyInit == CurlLibrary::missing().easyInit);
    }

    void isMissingWhereALibraryLacksAFunction()
    {
        if (isPartOfTheProgram())
            QSKIP("Here libcurl is part of the program.");
        QVERIFY(CurlLibrary::load("z", 1).easyInit == CurlLibrary::missing().easyInit);
    }
};

QTEST_GUILESS_MAIN(CurlLibraryTest)
#include "CurlLibraryTest.moc"
