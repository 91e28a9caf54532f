/// Made by Tests/make-signing-fixtures: throw-away keys, and signatures of `message`.
enum SignatureFixtures {
    static let message = Array("retry-run".utf8)
    static let p256Key = """
        -----BEGIN PUBLIC KEY-----
        MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE0lUt331OQgBtslk6VQANH15Me+kB
        FGBfZVpG/u/SCGBWD2AphPQP0RUjCRCTmqYK2ggtPNeiyZ08m24aWThd/Q==
        -----END PUBLIC KEY-----

        """
    static let p384Key = """
        -----BEGIN PUBLIC KEY-----
        MHYwEAYHKoZIzj0CAQYFK4EEACIDYgAEqNIl68Pf23l68N0nsA7ZhRow1PYGojWB
        E25XVTHeU2M6lIM23rOw36snQNcD2IarCZysCy0DT/hTKuxaOdsPvj//liUk+pEd
        aV4ViQxxWsu59aSeJeWdIbCVLSk0qWNz
        -----END PUBLIC KEY-----

        """
    static let p521Key = """
        -----BEGIN PUBLIC KEY-----
        MIGbMBAGByqGSM49AgEGBSuBBAAjA4GGAAQACOYJ2B6AdIbcjcLVygqZIi1vjeo/
        /FqFvtwDuY1aEIyjupeitv/m8RnK7RUVc+AX0cyw5VpFbr0i1/mlnIGx4GUBEW7f
        KvDSyPJSogAE/lovjxuG1nG9T13ZlAPG++3KANxgUlQob8fhRL1wZGxSx46d7Twu
        3eilch0+KV4wNHdjCNQ=
        -----END PUBLIC KEY-----

        """
    static let rsaKey = """
        -----BEGIN PUBLIC KEY-----
        MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAlp0BJuJsBYiX7F8l9Grn
        TlIu2DDZ4EZSX8fWf3A7myZtwxFH0abf5QMBV+twp80OJFyIVxV7wms0fg/al/sM
        m10m53q+mjSpzYpicBktFa94GGAkIpnmLy08KFYZzIr8O50gpcpXXStyK8PFx4P2
        LrTlmhw+wOEhajMXqNRthqyDF9kbV6tNOHPaSWlJEeeq1sdoYkVGAbrVMQvL7OWZ
        LMFIGLoG/AKZ8GuJ0e+73l0Fo07yVwFYb7/cM5ZjixmHd+D6+pEwBA++B4joRfCb
        /ewBmaN9kSkwzoSJS8Nx+ciHlQM334Vvf7FC87HBZSUVO4zHUuQN2kdJaBYYhPm0
        jwIDAQAB
        -----END PUBLIC KEY-----

        """
    static let ed25519Key = """
        -----BEGIN PUBLIC KEY-----
        MCowBQYDK2VwAyEAolBqWjqFu/TrG220nylKqZIsI0CtMc/WteJMoZipA+Y=
        -----END PUBLIC KEY-----

        """
    static let rsa1024Key = """
        -----BEGIN PUBLIC KEY-----
        MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQC8C7cwt0WINpkmYn/LAFd7OzOU
        ugSUVqKlBD2yZlsHUDTLJhYF5DeV5ZlHxnxKta76+bTWA43u0EEUvRGqLDxpBgPn
        2KtUptpbt4TjDUYqLwBcl8ZTRf/wNdYjQP2v+21Jb27XmPfxXDWKd0Umv/fkK/jO
        fyEbQXzZLRmkApSHlQIDAQAB
        -----END PUBLIC KEY-----

        """
    static let secp256k1Key = """
        -----BEGIN PUBLIC KEY-----
        MFYwEAYHKoZIzj0CAQYFK4EEAAoDQgAExDhVXV5dof6rDsn11PgrjaE02AFQruXL
        x0oXP0m890Bo2X0vRk/wQ26wUkL/Dqb0bM7DoYzyi1kdeayGhLSMkg==
        -----END PUBLIC KEY-----

        """
    static let explicitKey = """
        -----BEGIN PUBLIC KEY-----
        MIIBSzCCAQMGByqGSM49AgEwgfcCAQEwLAYHKoZIzj0BAQIhAP////8AAAABAAAA
        AAAAAAAAAAAA////////////////MFsEIP////8AAAABAAAAAAAAAAAAAAAA////
        ///////////8BCBaxjXYqjqT57PrvVV2mIa8ZR0GsMxTsPY7zjw+J9JgSwMVAMSd
        NgiG5wSTamZ44ROdJreBn36QBEEEaxfR8uEsQkf4vOblY6RA8ncDfYEt6zOg9KE5
        RdiYwpZP40Li/hp/m47n60p8D54WK84zV2sxXs7LtkBoN79R9QIhAP////8AAAAA
        //////////+85vqtpxeehPO5ysL8YyVRAgEBA0IABFnvQSFwF2JfLFT1651G+hwJ
        Zeek560wYYTewGWWaWMPukGr2aTffwT9/7Aue0xCcZwhRrUAHjluATfP0reh9Lk=
        -----END PUBLIC KEY-----

        """
    static let rsaPKCS1Key = """
        -----BEGIN RSA PUBLIC KEY-----
        MIIBCgKCAQEAlp0BJuJsBYiX7F8l9GrnTlIu2DDZ4EZSX8fWf3A7myZtwxFH0abf
        5QMBV+twp80OJFyIVxV7wms0fg/al/sMm10m53q+mjSpzYpicBktFa94GGAkIpnm
        Ly08KFYZzIr8O50gpcpXXStyK8PFx4P2LrTlmhw+wOEhajMXqNRthqyDF9kbV6tN
        OHPaSWlJEeeq1sdoYkVGAbrVMQvL7OWZLMFIGLoG/AKZ8GuJ0e+73l0Fo07yVwFY
        b7/cM5ZjixmHd+D6+pEwBA++B4joRfCb/ewBmaN9kSkwzoSJS8Nx+ciHlQM334Vv
        f7FC87HBZSUVO4zHUuQN2kdJaBYYhPm0jwIDAQAB
        -----END RSA PUBLIC KEY-----

        """
    /// In base64.
    static let signatures = [
        "ed25519": """
        rAcX2mMoKgPVz7ab5SasdhEnU5tjHcZ08DGnJUpqIEaaw24AroZOEF753nnMUwoDdxHyVuVR4c39rwZa\
        B5XkDQ==
        """,
        "p256": """
        MEUCIGFXHuEzAVJnZF11VEBvaLc+TGo8Umq/WM8Fw+NpgOKLAiEA2W4K7YLtnKm9k//OPIZyMjEQAdUO\
        X7Zf5CfobuWaLgA=
        """,
        "p384": """
        MGQCMAlDSOwUgdZ7jPBx5/VeF/AC++twBgVLPoEYOIcp6wJec6ypvyOAm0bAzuy8HIr+VgIwbmes7e7S\
        wxNMxBBk/lVMHzgi7zYBFJ+/LlyrkoHjhdawaXEOBLc9og+14Hsf0pkD
        """,
        "p384WithSHA256": """
        MGUCMFUxOWIbFU7uOrZ4+s0rrj52fm3yBpjfPIHrImw4o9c0Za84i/BCMqgZk2jmTv2wVQIxAM9c74Kz\
        tSI1pPS9P+YKFdIwa94/ApUxs7Dqh/m8KXKpsDuG6LpImTQY7j1LbdAd7g==
        """,
        "p521": """
        MIGIAkIBqB6vJOZOWXl/I9MWOYkZ4a+wvHddmWrKTNmNiwD7mnsPBXD4qdahLKRILurnRMMxFdgejiKX\
        60Aea9mWHzMf10kCQgGOvesvBPKXsuEVJ0U6qg8mUVNAkWUYV/tlZA0Fw9I5SSu2xWmhalOPZiXWuM7M\
        8hIRkV3Zs5K7k+2fvdpxVbvf2w==
        """,
        "rsaPKCS1": """
        QudIxxFLnggVDJI0iuH8LJUUKJRPmkCIssxxNp7bs1fuUDdEUru5kIrRaTF+e2CNfdFOSTe0KNpdmcDZ\
        Ra62P/zUOOIZHzDZPXj2YPo3d3BJ/HcevDTQ9fb8mlBDTTvH+H94FrBG9KkD1F5XizozYLitfLgGMyb1\
        9gSa1/Cj0iWEc753a9IM/ZT7DlnNpEi7dTDa2OLDIjixJNBxlU//yGSA3vZz5pRYCAD/EdfuDoflhDow\
        HHBTROQHFImCKv1UD8tQEHs91BQAlFro/8g29tyNet+Vc6b1CALFfceCeYejY47lY0V7WS7AIVDnUeVN\
        EYzomXDJ16/NHMkho+dlBQ==
        """,
        "rsaPKCS1WithSHA512": """
        J9wmKtcC/7cBt3UQUtUf0xXJz2j+UXJ8P1gzRd91dDu2b98ctUP9PsKl1mjf4ad9TAsuPyQn16Q/6bDC\
        36GWhW+loxnt7tkWqxFO4kb/U1SA/8rmQeV9vDk99DV3vf14r/T9aCHu06qcwQIsgWO0OUK6QSwia5jK\
        TfoNzQdo2mjx6jGuq5kesbvgtMQr3qQn8l/ENpTV8Yy0uK42j9zcM++fLVWZMCT9zSmjGwtZoDx/DgAd\
        QbD0OnuafWlkNDaluMOT0VzDYiesGNxWm4Ri5IPl2n5wlJyPlovB2G/9d7R57veWcMlHGaTH9OvP7Jaf\
        Hat9ckGToq+FgYeiU6HOmg==
        """,
        "rsaPSS": """
        W0Skt1KZcBKBW5oI3rmN9OMLyc/Lo4eC6jfVWR6RrqpJhkr2N2d3J5al3Pe8mBJYxeeHD/o0rgwIyw0x\
        ieqzS26xO4Ve4G6vYnsJS9BBsHCnuoxKxDo0Cns1gr3KfomEFxPdAy8KycTBL9Z4jUKxk9q4ECe6CWdM\
        4Ryc3i28DhXnr0fZrCqwAZaUuZWT/LM+YnP49RsyffKNShqT7gsMwyDHee06Ipu9YanNqU90gt+lQX0O\
        6coKsEclURYgtXVda2dsWxYtaWGDWzzax3OkJXgOGFDfMzrjzHF/fZ2SA5ySEEu/IVNJ8IBcjm/oLA9U\
        iSkgWjObSHvzmDiDqpgA6Q==
        """,
        "rsaPSSWithLongestSalt": """
        ee1ekmHKez0iXwuVN8+f/7s+TI0BzNAWx7JUP6xW3GJ7xVVH7V6/AMSaeuvDVnjTL8TjY+bdWRKj8l6G\
        hBhU5GW7meUV04W9qVMJvAnH8btwW87uL6yC+0VVFHjgQ7asQDa7lVvaRFvgK49dWgEsA/thY1uAD25g\
        MM1d9cvXr9BIGVVPNcbYO9FH4n6HkpogYTYFbNvER4BUzpgmeruKXCNKzIYIB8IB0kCM18W3acaS7pk6\
        RDOi6umJTrxoTBtCAQuSojozX0lW5Pv1CE/kpWeN6mZeb2EJ2x13mhMKqNb/1ue/sFWHtIx8mJrTtIxE\
        +pz4aVAMYGJq0ilUp1csBg==
        """,
        "rsaPSSWithOtherMask": """
        PudaBZDbfHQAf9ze3eF+cCdX7rtWQLqqcgouRmn3wF6pp11jrz2A3GBGXQrfjykbWBTnSNoLF6QHb9bM\
        69HL6J1FL3MsxnkRW21kQdnVUb/fjM7H7ZDwnzoCfn2SxxK1IHtl1x6SqSPfvYQhSazhu2/NRoDTfaB0\
        8GKmHA896P7vhD1ov1+GR0YCV4hKIU3gP6PC8/7rRdad4ErFem4vV26BIhDkWzaxIZjRGH3gPJqjizzg\
        1MOZveQWBWanl+pR6bqC9pplywXstD4Ixz3vnphq72vzPyCr6WYv1ZgSlOjrfJ/qcvgZFx5cebAJvHLb\
        /ZcSzXKZRpaDLrb00VVJtQ==
        """,
    ]
}
