#include "agent/supervisor/name_resolver.h"
#include "tests/support/test_main.h"

#include <QTest>

#include <boost/asio/io_context.hpp>

namespace fb::test {

class tst_NameResolver : public QObject
{
    Q_OBJECT
private slots:
    void whatIsTooMuchIsRefused();
};

// Names that somebody asks for faster than they can be looked up: a bounded number waits, the rest is told so; every one is answered once,
// and never from within the question.
void tst_NameResolver::whatIsTooMuchIsRefused()
{
    boost::asio::io_context context;
    agent::NameResolver resolver(context);
    constexpr int kAsked = 300; // 8 are looked up at once, 256 wait
    int found = 0;
    int refused = 0;
    for (int i = 0; i < kAsked; ++i)
        resolver.resolve("localhost", [&](const Result<agent::ResolvedAddresses> &addresses) {
            if (addresses)
                ++found;
            else if (addresses.error().code == errors::kServiceUnavailable)
                ++refused;
        });
    QCOMPARE(found + refused, 0);
    while (found + refused < kAsked)
        QVERIFY(context.run_one_for(std::chrono::seconds(30)) == 1);
    QCOMPARE(refused, kAsked - 8 - 256);
    QCOMPARE(found, 8 + 256);
    // It goes on afterwards.
    resolver.resolve("localhost", [&](const Result<agent::ResolvedAddresses> &addresses) {
        if (addresses)
            ++found;
    });
    while (found == 8 + 256)
        QVERIFY(context.run_one_for(std::chrono::seconds(30)) == 1);
}

FB_TEST(tst_NameResolver)

}

#include "tst_name_resolver.moc"
